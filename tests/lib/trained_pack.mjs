// Packs that the project's own tools learn and sign, and a shop to learn from.
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './tree.mjs';

const NATIVE = process.env.BAYA_BUILD_RELEASE ?? path.join(ROOT, 'build/release');
const SHARED = process.env.BAYA_SHARED ?? path.join(ROOT, '../shared');

/** The log of a real shop, where the shared data are. */
export const RETAIL_LOG = path.join(SHARED, 'data/online-retail.csv.gz');

const QUIET = { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' };
const run = (tool, args) =>
  execFileSync(path.join(NATIVE, 'tools', tool, `baya-${tool}`), args, QUIET).trim();

/** Learns `name` into the folder, as section files; returns their folder. */
export function train(folder, name, args) {
  const sections = path.join(folder, name);
  run('train', [...args, '--out', sections]);
  return sections;
}

/** Signs section files; returns { file, signer } with the public key in base64url. */
export function seal(sections, ...args) {
  const key = `${sections}.key`;
  const file = `${sections}.pack`;
  if (!existsSync(key)) run('keygen', ['--out', key]);
  const request = ['--sections', sections, '--site', 'shop.example', '--version', '1', ...args];
  run('pack', [...request, '--key', key, '--out', file]);
  return { file, signer: run('keygen', ['--show', key]) };
}

const DAY_MS = 86_400_000;
const FIRST_MS = Date.UTC(2025, 0, 6);
const KINDS = 20;
const EACH = 30;
const PEOPLE = 1200;
const VISITS = 10;

const skuOf = (kind, number) => `sku-${kind * EACH + (number % EACH)}`;

// What a person takes on a visit: mostly of one kind, some of it again every time.
function basketOf(person, visit) {
  const kind = person % KINDS;
  const walk = person * 7 + visit * 11;
  const staple = skuOf(kind, person % 5);
  return [...new Set([staple, ...[1, 2, 3].map((i) => skuOf(kind, walk + i * i * 5))])].concat(
    skuOf((kind + visit) % KINDS, walk),
  );
}

/**
 * 600 items of twenty kinds with brands, prices and tags, some for adults, sold out or of one region;
 * 1,200 people who come back ten times. Returns the arguments for train().
 */
export function writeShop(folder) {
  let items = 'item,title,categories,brand,price,tags,available,adult,regions\n';
  for (let i = 0; i < KINDS * EACH; i++) {
    const kind = Math.floor(i / EACH);
    const facts = [`kind ${kind}`, `Brand ${i % 7}`, `${1 + (i % 40)}.50`, i % 5 ? '' : 'eco'];
    const rules = [i % 50 === 3 ? 'no' : 'yes', i % 40 === 5 ? 'yes' : 'no', i % 45 ? '' : 'DE'];
    items += [`sku-${i}`, `Thing ${i % EACH} of kind ${kind}`, ...facts, ...rules].join();
    items += '\n';
  }
  let log = 'user,item,timestamp\n';
  for (let person = 0; person < PEOPLE; person++) {
    for (let visit = 0; visit < VISITS; visit++) {
      const time =
        FIRST_MS + (visit * 30 + ((person * 13) % 28)) * DAY_MS + (person % 9) * 3_600_000;
      for (const [i, item] of basketOf(person, visit).entries()) {
        log += `u${person},${item},${time + i * 60_000}\n`;
      }
    }
  }
  const catalogue = path.join(folder, 'items.csv');
  const interactions = path.join(folder, 'log.csv');
  writeFileSync(catalogue, items);
  writeFileSync(interactions, log);
  return ['--interactions', interactions, '--catalogue', catalogue, '--currency', 'EUR'];
}
