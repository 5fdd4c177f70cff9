// The same pack and the same visitors give the same shelves, scores and reasons, to the byte, from
// the native and the wasm build.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { programCommand } from '../lib/programs.mjs';
import { RETAIL_LOG, seal, train } from '../lib/trained_pack.mjs';

const VISITORS = process.env.BAYA_FULL ? 10_000 : 200;

const folder = mkdtempSync(path.join(tmpdir(), 'baya-differential-'));
after(() => rmSync(folder, { recursive: true }));

const makePack = (name, ...args) => seal(train(folder, name, args)).file;

function rank(command, pack, visitors, seed) {
  return execFileSync(command[0], [...command.slice(1), pack, String(visitors), String(seed)], {
    maxBuffer: 1 << 30,
  });
}

const native = programCommand('native', 'core/recommend/baya-rank');
const wasm = programCommand('wasm', 'core/recommend/baya-rank');

function compare(pack) {
  const expected = rank(native, pack, VISITORS, 1);
  const visitors = expected.toString().match(/^visitor /gm).length;
  assert.equal(visitors, VISITORS);
  assert.ok(expected.equals(rank(wasm, pack, VISITORS, 1)), 'native and wasm differ');
  assert.ok(!expected.equals(rank(native, pack, VISITORS, 2)), 'the visitors do not matter');
  return expected.toString();
}

// 60 items of three kinds, 300 people of one kind each.
function writeSmallShop() {
  const kinds = ['Lamp', 'Mug', 'Rug'];
  let items = 'item,title,categories,brand,price,tags\n';
  for (let i = 0; i < 60; i++) {
    const kind = kinds[i % 3];
    items += `sku-${i},${kind} number ${i},${kind}s,Brand ${i % 4},${i}.50,${i % 5 ? '' : 'eco'}\n`;
  }
  let log = 'user,item,timestamp\n';
  for (let user = 0; user < 300; user++) {
    for (let i = 0; i < 8; i++) {
      const item = ((user * 7 + i * i * 11) % 20) * 3 + ((i === 7 ? i : user) % 3);
      log += `u${user},sku-${item},2024-0${1 + (i % 6)}-1${user % 9}\n`;
    }
  }
  writeFileSync(path.join(folder, 'items.csv'), items);
  writeFileSync(path.join(folder, 'log.csv'), log);
}

test('a small shop, weights of 4 and of 8 bits', () => {
  writeSmallShop();
  for (const bits of ['4', '8']) {
    const files = ['--interactions', 'log.csv', '--catalogue', 'items.csv'].map((word) =>
      word.endsWith('.csv') ? path.join(folder, word) : word,
    );
    const shelves = compare(makePack(`small-${bits}`, ...files, '--session', '--bits', bits));
    for (const reason of [1, 2, 3, 4, 6]) {
      assert.match(shelves, new RegExp(` ${reason}:`), `no contribution of kind ${reason}`);
    }
  }
});

test('the real log', {
  skip: existsSync(RETAIL_LOG) ? false : `SKIP: no ${RETAIL_LOG}; set BAYA_SHARED`,
}, () => {
  compare(makePack('retail', '--interactions', RETAIL_LOG, '--until', '2011-10-31', '--session'));
});
