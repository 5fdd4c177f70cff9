// The engine as a whole, engine.wasm against the native one: visitors at random do what people do in
// a shop, look at their shelves, take their profile away, erase it and bring it back. Every answer is
// compared to the byte: of the best 20 the items, their scores and all that speaks for and against
// each. So is what is to be stored: with the same entropy even the ciphertexts are the same.
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { NativeEngine, RecordedEngine } from '../lib/native_engine.mjs';
import { PLAN, RandomVisitor, randomFrom } from '../lib/random_visitor.mjs';
import { RETAIL_LOG, seal, train, writeShop } from '../lib/trained_pack.mjs';

const PROFILES = process.env.BAYA_FULL ? 10_000 : 300;
const MOVED = 10; // one profile in so many is exported, erased and imported
const FIRST_MS = Date.UTC(2026, 0, 20, 9);
const SCALES_AT = 15; // in a model section, low bytes first: core/docs/formats/pack.md §5
const STEP_MS = 600_000;

const folder = mkdtempSync(path.join(tmpdir(), 'baya-engine-'));
after(() => rmSync(folder, { recursive: true }));

function sealWithPlan(sections, promotions) {
  const plan = `${sections}-plan.json`;
  writeFileSync(plan, JSON.stringify({ ...PLAN, promotions }));
  return seal(sections, '--plan', plan);
}

/** Counts what is compared, and which profiles differ. */
class Comparison {
  counts = { profiles: 0, events: 0, moved: 0, shelves: 0, items: 0, contributions: 0, replies: 0 };
  reasons = new Set();
  different = new Set(); // profiles with another shelf
  others = new Set(); // profiles with another reply of any kind

  note(shelf) {
    this.counts.shelves += 1;
    this.counts.items += shelf.length;
    for (const { contributions } of shelf) {
      this.counts.contributions += contributions.length;
      for (const { code } of contributions) this.reasons.add(code);
    }
  }

  compare(profile, calls, replies) {
    assert.equal(replies.length, calls.length);
    for (const [i, { name, reply }] of calls.entries()) {
      const same = replies[i].status === 0 && reply.equals(replies[i].bytes);
      if (!same)
        (['recommend', 'explain'].includes(name) ? this.different : this.others).add(profile);
      this.counts.replies += 1;
    }
  }

  text() {
    return Object.entries(this.counts)
      .map(([what, count]) => `${count.toLocaleString('en')} ${what}`)
      .join(', ');
  }
}

async function openShop({ file, signer }) {
  const random = randomFrom(1);
  const entropy = randomFrom(2);
  const engine = await RecordedEngine.open((out) => {
    for (let i = 0; i < out.length; i++) out[i] = Math.floor(entropy() * 256);
  });
  const visitor = new RandomVisitor(engine, random);
  visitor.enter(readFileSync(file), signer, FIRST_MS);
  return { engine, visitor };
}

// What is tried out hangs on the vault, and an import has another.
const known = (shelf) =>
  shelf.filter(({ contributions }) => contributions.every(({ code }) => code !== 'exploring'));

// One profile in the wasm engine; its calls stay behind.
function liveOnce(visitor, profile, comparison) {
  const { counts } = comparison;
  visitor.agree();
  counts.events += visitor.live(FIRST_MS + profile * STEP_MS);
  const wishes = [visitor.wish(true), visitor.wish(false)];
  const shelves = wishes.map((wish) => visitor.look(wish));
  if (profile % MOVED === 0) {
    visitor.move();
    const again = wishes.map((wish) => visitor.look(wish));
    const places = [again, shelves].map((looks) => looks.map(known));
    assert.deepEqual(...places, `profile ${profile}: another shelf after export and import`);
    shelves.push(...again);
    counts.moved += 1;
  }
  visitor.forget();
  for (const shelf of shelves) comparison.note(shelf);
  counts.profiles += 1;
}

// `other`: a pack that the native engine takes instead.
async function compare(pack, profiles, other) {
  const native = new NativeEngine();
  try {
    return await compareWith(native, pack, profiles, other);
  } finally {
    await native.close();
  }
}

async function compareWith(native, pack, profiles, other) {
  const comparison = new Comparison();
  const { engine, visitor } = await openShop(pack);
  const start = engine.take();
  if (other) {
    await native.play((await openShop(other)).engine.take());
  } else {
    comparison.compare('start', start, await native.play(start));
  }
  let played = Promise.resolve();
  for (let profile = 1; profile <= profiles; profile++) {
    liveOnce(visitor, profile, comparison);
    const calls = engine.take();
    await played;
    played = native.play(calls).then((replies) => comparison.compare(profile, calls, replies));
  }
  await played;
  assert.ok(comparison.counts.replies > 10 * profiles, 'hardly anything was compared');
  return comparison;
}

function assertSame(comparison) {
  assert.deepEqual([...comparison.different], [], 'profiles with another shelf');
  assert.deepEqual([...comparison.others], [], 'profiles with another reply');
}

const REASONS = [
  'bought_together',
  'just_viewed',
  'bought_again',
  'likes_category',
  'likes_brand',
  'likes_tag',
  'popular',
  'trending',
  'variety',
];

let shop;
before(() => {
  shop = train(folder, 'shop', [...writeShop(folder), '--session']);
});

test('a made-up shop with every table', async (t) => {
  const promotions = [
    { item: 'sku-17', place: 3, reason: 'Our birthday' },
    { item: 'sku-400', boost: 3000, reason: 'New' },
  ];
  const comparison = await compare(sealWithPlan(shop, promotions), PROFILES);
  t.diagnostic(comparison.text());
  assertSame(comparison);
  for (const reason of [...REASONS, 'promoted', 'exploring']) {
    assert.ok(comparison.reasons.has(reason), `nothing stands there as ${reason}`);
  }
});

test('the smallest step of the scale of one item in twenty, in the native pack, is found', async (t) => {
  const planted = path.join(folder, 'planted');
  cpSync(shop, planted, { recursive: true });
  const file = path.join(planted, 'model.section');
  const model = readFileSync(file);
  for (let item = 0; item < model.readUInt32BE(0); item += 20) model[SCALES_AT + item] ^= 1;
  writeFileSync(file, model);
  const comparison = await compare(sealWithPlan(shop, []), 60, sealWithPlan(planted, []));
  t.diagnostic(`${comparison.different.size} of 60 profiles have another shelf`);
  assert.ok(comparison.different.size > 0);
  assert.ok(comparison.different.size < 60, 'every profile differs: that is no small difference');
});

const skip = existsSync(RETAIL_LOG) ? false : `SKIP: no ${RETAIL_LOG}; set BAYA_SHARED`;
test('the real log', { skip }, async (t) => {
  const log = ['--interactions', RETAIL_LOG, '--until', '2011-10-31', '--session'];
  const pack = sealWithPlan(train(folder, 'retail', log), []);
  const comparison = await compare(pack, PROFILES);
  t.diagnostic(comparison.text());
  assertSame(comparison);
  for (const reason of ['bought_together', 'just_viewed', 'bought_again', 'popular']) {
    assert.ok(comparison.reasons.has(reason), `nothing stands there as ${reason}`);
  }
});
