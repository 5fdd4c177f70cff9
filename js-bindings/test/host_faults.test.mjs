// The hosts of the vault (keeper, writer, store, share, newest generation) over the real engine on a
// platform that fails, or dies, at its k-th call, for every k of a visit: nothing acknowledged is
// lost, nothing erased comes back, and no answer is left out by a call that merely failed.

import assert from 'node:assert/strict';
import test from 'node:test';
import { signer, sitePack } from '../../tests/lib/site_pack.mjs';
import { Disk, Platform } from './support/faulty_platform.mjs';
import { engineWasm, sourcesWith } from './support/files.mjs';

const globals = ['indexedDB', 'navigator', 'globalThis', 'setTimeout', 'setInterval'];
const load = await sourcesWith(globals, [
  'call_record.ts',
  'device_slot.ts',
  'in_process.ts',
  'indexeddb_store.ts',
  'keeper.ts',
  'requests.ts',
  'rights.ts',
  'service_key.ts',
]);

const engineBytes = engineWasm();
const pack = sitePack();
const silent = { choices: [], textVersion: '', globalPrivacyControl: false, consentMode: [] };
const grant = {
  ...silent,
  name: 'signals',
  choices: ['store', 'personalize'].map((purpose) => ({ purpose, granted: true })),
};

const viewed = ({ callText }, messageId, product) => ({
  name: 'take',
  call: callText({
    verb: 'track',
    messageId,
    timeMs: Date.now() - 1000,
    sentMs: Date.now(),
    name: 'Product Viewed',
    properties: { product_id: product },
  }),
});

// The page's part of what lasts: its record, and what it was told.
class Person {
  constructor(hasFiles) {
    this.hasFiles = hasFiles;
  }
  disk = new Disk();
  record;
  accepted = new Set(); // products whose view was acknowledged
  erased = new Set(); // products whose erasure was
}

// One process: from its start to its end, or to its death at call `at`.
async function visit(person, fault, script) {
  const platform = new Platform(person.disk, { ...fault, hasFiles: person.hasFiles });
  const sources = load(platform.globals());
  const { IndexedDbStore, Keeper, openDeviceSlot, openEngine } = sources;
  let keeper;
  let refusal;
  const died = new Promise((resolve) => {
    const look = setInterval(() => platform.dead && resolve(clearInterval(look)), 1);
    platform.ended = () => clearInterval(look);
  });
  const work = async () => {
    keeper = await Keeper.open(
      {
        engine: await openEngine(engineBytes),
        store: new IndexedDbStore(),
        slot: openDeviceSlot(),
        notify: () => {},
        measuring: () => {},
        loadReports: async () => {},
        keepRecord: (record) => {
          if (!platform.dead) person.record = record ?? undefined;
        },
      },
      { pack, signer, site: '', record: person.record, signals: silent },
    );
    await script({ person, sources, ask: (request) => keeper.answer(request) });
  };
  try {
    // What storage refuses, the page may be refused as well.
    await Promise.race([
      died,
      work().catch((error) => {
        refusal = error;
      }),
    ]);
  } finally {
    platform.ended();
    keeper?.close();
    platform.dead = true; // whatever still runs reaches nothing
  }
  return { struck: platform.struck, calls: platform.calls, refusal };
}

async function view({ person, ask, sources }, product) {
  person.erased.delete(product);
  const ack = await ask(viewed(sources, `m-${product}`, product));
  if (ack.accepted) person.accepted.add(product);
}

async function erase({ person, ask, sources }, product) {
  person.accepted.delete(product); // from now on either may be found
  await ask({ name: 'erase', scope: sources.EraseScope.item, of: product });
  person.erased.add(product);
}

// Grants, learns, erases an item (a rewrite, then a new root under a new share), learns on.
async function everything(process) {
  await process.ask(grant);
  await Promise.all([view(process, 'lamp-2'), view(process, 'mug-3')]);
  await view(process, 'lamp-4');
  await erase(process, 'lamp-2');
  await view(process, 'mug-5');
}

async function productsHeld(person) {
  let held;
  const { refusal } = await visit(person, {}, async ({ ask, sources }) => {
    const { purposes } = await ask({ name: 'consentState' });
    held = [];
    if (!purposes.store.allowed) return;
    const fields = await sources.rights({ [sources.serviceKey]: { ask } }).inventory();
    held = fields
      .map(({ field }) => field)
      .filter((field) => field.startsWith('viewed.'))
      .map((field) => field.slice('viewed.'.length));
  });
  assert.equal(refusal, undefined);
  return held;
}

function check(person, held, where) {
  const lost = [...person.accepted].filter((product) => !held.includes(product));
  assert.deepEqual(lost, [], `acknowledged, and lost: ${where}`);
  const back = [...person.erased].filter((product) => held.includes(product));
  assert.deepEqual(back, [], `erased, and back: ${where}`);
}

const kinds = ['fails', 'dies', 'died'];

// A page that finds a profile, adds to it, and goes.
async function later(process) {
  await Promise.all([view(process, 'lamp-6'), view(process, 'mug-7')]);
  await erase(process, 'mug-3');
  await process.ask({ name: 'leave' });
}

async function eraseAll(process) {
  const { person, ask, sources } = process;
  await view(process, 'lamp-6');
  const products = [...person.accepted];
  person.accepted.clear();
  await ask({ name: 'erase', scope: sources.EraseScope.all, of: '' });
  for (const product of products) person.erased.add(product);
}

async function personAfter(hasFiles, visits) {
  const person = new Person(hasFiles);
  for (const script of visits) {
    assert.equal((await visit(person, {}, script)).refusal, undefined);
  }
  return person;
}

// A fault of each kind at the calls of the last of these visits: every third in each run.
async function strikeEverywhere(hasFiles, before, script) {
  const points = {};
  for (const kind of kinds) {
    for (let at = 1; ; at += process.env.BAYA_FULL ? 1 : 3) {
      const person = await personAfter(hasFiles, before);
      const { struck } = await visit(person, { at, kind }, script);
      if (struck === '') break;
      check(person, await productsHeld(person), `${kind} at call ${at}, ${struck}`);
      const [what] = struck.split(' ');
      points[what] = (points[what] ?? 0) + 1;
    }
  }
  return points;
}

const visits = { first: [everything], later: [everything, later], last: [everything, eraseAll] };

for (const hasFiles of [true, false]) {
  for (const [name, scripts] of Object.entries(visits)) {
    const place = hasFiles ? 'a file' : 'a database';
    test(`faults in the ${name} visit, the share in ${place}`, { timeout: 900_000 }, async (t) => {
      const began = Date.now();
      // Control: without a fault everything is done.
      const person = await personAfter(hasFiles, scripts);
      const expected = { first: 3, later: 4, last: 0 };
      assert.equal(person.accepted.size, expected[name]);
      assert.ok(person.erased.has('lamp-2'));
      check(person, await productsHeld(person), 'no fault');
      const points = await strikeEverywhere(hasFiles, scripts.slice(0, -1), scripts.at(-1));
      const total = Object.values(points).reduce((sum, count) => sum + count, 0);
      assert.ok(total > 30, `${total} points`);
      t.diagnostic(`${total} fault points in ${Date.now() - began} ms: ${JSON.stringify(points)}`);
    });
  }
}
