// The owner of the vault over the real engine, on stores that remember, forget, fail and fill up.

import assert from 'node:assert/strict';
import test from 'node:test';
import { plan, signer, sitePack } from '../../tests/lib/site_pack.mjs';
import { engineWasm, importSources } from './support/files.mjs';

const sources = await importSources([
  'blob_store.ts',
  'call_record.ts',
  'device_slot.ts',
  'generated/by_name.ts',
  'in_process.ts',
  'keeper.ts',
  'requests.ts',
  'rights.ts',
  'service_key.ts',
]);
const { callText, EraseScope, Keeper, MemorySlot, MemoryStore, openEngine, serviceKey } = sources;

/** What a page offers the person. */
const rightsOf = (keeper) =>
  sources.rights({ [serviceKey]: { ask: (request) => keeper.answer(request) } });

const silent = { choices: [], textVersion: '', globalPrivacyControl: false, consentMode: [] };

// What outlives a worker: storage, slot secrets, and the page's record.
class Device {
  record = undefined;
  notices = [];
  batches = 0;
  /** What the next batches come to instead of being applied. */
  outcomes = [];
  blobs = new MemoryStore();
  slot = new MemorySlot();

  get store() {
    const { blobs } = this;
    return {
      kind: 'indexeddb',
      readAll: () => blobs.readAll(),
      apply: async (batch) => {
        this.batches++;
        return this.outcomes.shift() ?? blobs.apply(batch);
      },
      destroy: () => blobs.destroy(),
    };
  }

  async open(t, opening = {}) {
    const engine = await openEngine(engineWasm());
    const keeper = await Keeper.open(
      {
        engine,
        store: this.store,
        slot: this.slot,
        notify: (notice) => this.notices.push(notice),
        keepRecord: (record) => {
          this.record = record ?? undefined;
        },
      },
      { pack: sitePack(), signer, site: '', record: this.record, signals: silent, ...opening },
    );
    t.after(() => keeper.close());
    return keeper;
  }

  async names() {
    return (await this.blobs.readAll()).map(({ name }) => name).sort();
  }
}

let count = 0;
const viewed = (messageId, product = 'lamp-2') => ({
  name: 'take',
  call: callText({
    verb: 'track',
    messageId,
    timeMs: Date.now() - 1000 + count++,
    sentMs: Date.now(),
    name: 'Product Viewed',
    properties: { product_id: product },
  }),
});

const chosen = (granted) => ({
  ...silent,
  name: 'signals',
  choices: ['store', 'personalize'].map((purpose) => ({ purpose, granted })),
});
const grant = chosen(true);
const refuse = chosen(false);
const accepted = { accepted: true };

/** How many views of the product the profile holds. */
async function viewsOf(keeper, product = 'lamp-2') {
  const fields = await rightsOf(keeper).inventory();
  return fields.find(({ field }) => field === `viewed.${product}`)?.value ?? 0;
}

test('nothing is stored before consent', async (t) => {
  const device = new Device();
  const keeper = await device.open(t);
  const state = await keeper.answer({ name: 'consentState' });
  assert.equal(state.asked, false);
  assert.deepEqual(state.purposes.store, { allowed: false, reason: 'not_granted' });
  assert.deepEqual(await keeper.answer(viewed('m')), { accepted: false, reason: 'no_consent' });
  const shelf = await keeper.answer({ name: 'recommend', limit: 3, exclude: ['lamp-0'] });
  assert.equal(shelf.length, 3);
  assert.ok(shelf.every(({ item, personal }) => item !== 'lamp-0' && !personal));
  assert.equal(device.batches, 0);
  assert.equal(device.record, undefined);
  assert.deepEqual(await device.slot.secrets(), []);
});

test('what was acknowledged is there after a restart', async (t) => {
  const device = new Device();
  const keeper = await device.open(t);
  const state = await keeper.answer(grant);
  assert.ok(state.asked && state.purposes.store.allowed && state.purposes.personalize.allowed);
  assert.match(device.record, /"granted"/);
  assert.deepEqual(await keeper.answer(viewed('m-1')), accepted);
  assert.deepEqual(await keeper.answer(viewed('m-1')), { accepted: false, reason: 'duplicate' });
  assert.deepEqual(await keeper.answer(viewed('m-1'), true), accepted);
  keeper.close();
  const next = await device.open(t);
  assert.equal(await viewsOf(next), 1);
  assert.ok((await next.answer({ name: 'consentState' })).purposes.store.allowed);
  const [first] = await next.answer({ name: 'recommend', limit: 1, exclude: [] });
  assert.equal(first.personal, true);
  assert.ok(first.reasons.length > 0 && first.reasons.every(({ share }) => share > 0));
});

test('a burst is one transaction', async (t) => {
  const device = new Device();
  const keeper = await device.open(t);
  await keeper.answer(grant);
  const before = device.batches;
  const acks = await Promise.all(
    Array.from({ length: 50 }, (_, i) => keeper.answer(viewed(`m-${i}`))),
  );
  assert.ok(acks.every((ack) => ack.accepted));
  assert.ok(device.batches - before <= 2, `${device.batches - before} batches`);
  assert.equal(await viewsOf(keeper), 50);
});

test('a refusal leaves its record and nothing else', async (t) => {
  const device = new Device();
  const keeper = await device.open(t);
  const state = await keeper.answer(refuse);
  assert.deepEqual([state.asked, state.purposes.store.allowed], [true, false]);
  const date = new Date().toISOString().slice(0, 10);
  assert.equal(device.record, `{"version":1,"choice":"refused","date":"${date}"}`);
  assert.deepEqual(await device.names(), []);
  assert.deepEqual(await device.slot.secrets(), []);
  const next = await device.open(t);
  assert.equal((await next.answer({ name: 'consentState' })).asked, true);
});

test('a withdrawal takes everything with it', async (t) => {
  const device = new Device();
  const keeper = await device.open(t);
  await keeper.answer(grant);
  await keeper.answer(viewed('m'));
  assert.ok((await device.names()).length > 0);
  await keeper.answer(refuse);
  assert.deepEqual(await device.names(), []);
  assert.deepEqual(await device.slot.secrets(), []);
  assert.match(device.record, /"refused"/);
  assert.deepEqual(await keeper.answer(viewed('n')), { accepted: false, reason: 'no_consent' });
  assert.deepEqual((await keeper.answer(grant)).purposes.store.allowed, true);
  assert.deepEqual(await keeper.answer(viewed('o')), accepted);
  assert.equal(await viewsOf(keeper), 1);
});

test('erasing everything leaves a refusal', async (t) => {
  const device = new Device();
  const keeper = await device.open(t);
  await keeper.answer(grant);
  await keeper.answer(viewed('m'));
  await keeper.answer({ name: 'erase', scope: EraseScope.all, of: '' });
  assert.deepEqual(await device.names(), []);
  assert.deepEqual(await device.slot.secrets(), []);
  assert.match(device.record, /"refused"/);
});

test('erasing an item changes the slot secret and keeps the rest', async (t) => {
  const device = new Device();
  const keeper = await device.open(t);
  await keeper.answer(grant);
  await keeper.answer(viewed('m-1'));
  await keeper.answer(viewed('m-2', 'mug-3'));
  const [before] = await device.slot.secrets();
  await keeper.answer({ name: 'erase', scope: EraseScope.item, of: 'lamp-2' });
  const after = await device.slot.secrets();
  assert.equal(after.length, 1);
  assert.notDeepEqual(after[0], before);
  keeper.close();
  const next = await device.open(t);
  assert.deepEqual([await viewsOf(next), await viewsOf(next, 'mug-3')], [0, 1]);
});

test('the person sees, corrects, pauses, exports and imports', async (t) => {
  const device = new Device();
  const keeper = await device.open(t);
  await keeper.answer(grant);
  await keeper.answer(viewed('m'));
  const correction = { name: 'correct', action: 1, field: 'trait.email', value: 'a@shop.example' };
  assert.deepEqual(await keeper.answer(correction), accepted);
  const mine = rightsOf(keeper);
  const { who } = await mine.profile();
  assert.equal(who.find(({ field }) => field === 'trait.email').value, 'a@shop.example');
  const { contributions, score } = await mine.explain('lamp-4');
  assert.ok(contributions.length > 0);
  assert.equal(
    contributions.reduce((sum, { points }) => sum + points, 0),
    score,
  );
  const rows = await mine.accessLog();
  const exports = rows.filter(({ operation }) => operation === 'export');
  assert.deepEqual(exports, []);
  assert.ok(
    rows.some(({ operation, purpose }) => operation === 'rank' && purpose === 'personalize'),
  );
  const json = await mine.export();
  await keeper.answer({ name: 'pause', paused: true });
  assert.equal((await keeper.answer({ name: 'consentState' })).paused, true);
  await keeper.answer({ name: 'pause', paused: false });
  const other = await new Device().open(t);
  await other.answer(grant);
  assert.deepEqual(await rightsOf(other).import(json), accepted);
  assert.equal(await viewsOf(other), 1);
});

const identified = (user) => ({
  name: 'take',
  call: callText({
    verb: 'identify',
    messageId: `identify-${user}`,
    timeMs: Date.now() - 1000,
    sentMs: Date.now(),
    name: user,
    properties: { email: `${user}@shop.example` },
  }),
});

test('only what reads may be read, and only what there is asked', async (t) => {
  const keeper = await new Device().open(t);
  for (const name of ['erase', 'flush', 'createVault', 'signals', 'about']) {
    const { id: op } = sources.operations[name];
    const asked = keeper.answer({ name: 'read', op, request: new Uint8Array() });
    await assert.rejects(asked, { name: 'BayaError', code: 'unimplemented' });
  }
  await assert.rejects(keeper.answer({ name: 'toString' }), { code: 'unimplemented' });
});

test('reset forgets who it was and keeps the rest', async (t) => {
  const device = new Device();
  const keeper = await device.open(t);
  await keeper.answer(grant);
  await keeper.answer(viewed('m'));
  assert.deepEqual(await keeper.answer(identified('jo')), accepted);
  const shelf = { name: 'recommend', limit: 5, exclude: [] };
  const before = await keeper.answer(shelf);
  const [secret] = await device.slot.secrets();
  await keeper.answer({ name: 'erase', scope: EraseScope.identity, of: '' });
  const json = await rightsOf(keeper).export();
  assert.ok(!json.includes('jo'));
  assert.equal(await viewsOf(keeper), 1);
  assert.deepEqual(await keeper.answer(shelf), before);
  assert.equal((await keeper.answer({ name: 'consentState' })).purposes.store.allowed, true);
  assert.notDeepEqual(await device.slot.secrets(), [secret]); // what held it cannot be opened
  assert.deepEqual(await keeper.answer(identified('ann')), accepted);
  keeper.close();
  const { who } = await rightsOf(await device.open(t)).profile();
  assert.equal(who.find(({ field }) => field === 'user.id').value, 'ann');
});

test('a store put back to an earlier state is noticed', async (t) => {
  const device = new Device();
  const first = await device.open(t);
  await first.answer(grant);
  await first.answer(viewed('m-1'));
  const earlier = await device.blobs.readAll();
  await first.answer(viewed('m-2'));
  first.close();
  const putBack = 'the stored profile was put back to an earlier state';
  const notices = () => device.notices.filter(({ what }) => what === putBack).length;
  const second = await device.open(t);
  assert.equal(await viewsOf(second), 2);
  assert.equal(notices(), 0); // control: it is the newest
  second.close();
  await device.blobs.destroy();
  await device.blobs.apply({ expects: [], puts: earlier, deletes: [] });
  const third = await device.open(t);
  assert.equal(notices(), 1);
  assert.equal(await viewsOf(third), 1);
  assert.deepEqual(await third.answer(viewed('m-3')), accepted);
  third.close();
  await device.open(t);
  assert.equal(notices(), 1);
});

test('a generation that was not remembered in time is remembered at the next opening', async (t) => {
  const device = new Device();
  const remember = device.slot.sawGeneration;
  device.slot.sawGeneration = async () => {}; // the browser is killed before
  const first = await device.open(t);
  await first.answer(grant);
  await first.answer(viewed('m'));
  first.close();
  device.slot.sawGeneration = remember;
  assert.equal(await device.slot.newestGeneration(), 0);
  (await device.open(t)).close();
  assert.ok((await device.slot.newestGeneration()) > 0);
});

test('a full disk is said, and the event comes through later', async (t) => {
  const device = new Device();
  const keeper = await device.open(t);
  await keeper.answer(grant);
  device.outcomes = ['resourceExhausted'];
  assert.deepEqual(await keeper.answer(viewed('m-1')), { accepted: false, reason: 'quota' });
  assert.ok(
    device.notices.some(({ event, what }) => event === 'degraded' && what.includes('full')),
  );
  assert.deepEqual(await keeper.answer(viewed('m-2')), accepted);
  keeper.close();
  assert.equal(await viewsOf(await device.open(t)), 2);
});

test('storage that fails is tried again by itself', async (t) => {
  const device = new Device();
  const keeper = await device.open(t);
  await keeper.answer(grant);
  device.outcomes = ['unavailable', 'unavailable'];
  assert.deepEqual(await keeper.answer(viewed('m')), { accepted: false, reason: 'unavailable' });
  const before = device.batches;
  while (device.batches < before + 2) await new Promise((resolve) => setTimeout(resolve, 50));
  keeper.close();
  assert.equal(await viewsOf(await device.open(t)), 1);
});

test('after another writer the store is read again and nothing acknowledged is lost', async (t) => {
  const device = new Device();
  const first = await device.open(t);
  await first.answer(grant);
  await first.answer(viewed('m-1'));
  const second = await device.open(t); // as without an election
  assert.deepEqual(await second.answer(viewed('m-2')), accepted);
  const acks = await Promise.all([first.answer(viewed('m-3')), first.answer(viewed('m-4'))]);
  assert.deepEqual(acks, [accepted, accepted]);
  assert.ok(device.notices.some(({ what }) => what.includes('another instance')));
  first.close();
  second.close();
  assert.equal(await viewsOf(await device.open(t)), 4);
});

test('after the store was wiped the choice starts afresh', async (t) => {
  const device = new Device();
  const keeper = await device.open(t);
  await keeper.answer(grant);
  await device.blobs.destroy();
  await device.slot.destroy();
  const ack = await keeper.answer(viewed('m'));
  assert.deepEqual(ack, { accepted: false, reason: 'no_consent' });
  assert.equal(device.record, undefined);
  assert.deepEqual(await device.names(), []);
});

test('a vault that no secret opens is said, and a new consent starts afresh', async (t) => {
  const device = new Device();
  const first = await device.open(t);
  await first.answer(grant);
  await first.answer(viewed('m-1'));
  first.close();
  await device.slot.destroy();
  const keeper = await device.open(t);
  assert.ok(device.notices.some(({ what }) => what === 'the stored profile cannot be opened'));
  assert.equal((await keeper.answer({ name: 'consentState' })).purposes.store.allowed, false);
  assert.deepEqual(await keeper.answer(viewed('m-2')), { accepted: false, reason: 'no_consent' });
  assert.ok((await keeper.answer(grant)).purposes.store.allowed);
  assert.deepEqual(await keeper.answer(viewed('m-3')), accepted);
  keeper.close();
  assert.equal(await viewsOf(await device.open(t)), 1);
});

test('Consent Mode grants, and withdraws', async (t) => {
  const device = new Device();
  const setting = { update: true, key: 'personalization_storage', granted: true };
  const signals = { ...silent, consentMode: [setting] };
  const keeper = await device.open(t, { signals });
  assert.deepEqual(await keeper.answer(viewed('m')), accepted);
  const denied = { ...setting, granted: false };
  const state = await keeper.answer({ ...silent, name: 'signals', consentMode: [denied] });
  assert.equal(state.purposes.store.allowed, false);
  assert.deepEqual(await device.names(), []);
});

test('in memory nothing is acknowledged and no grant is recorded', async (t) => {
  const device = new Device();
  Object.defineProperty(device, 'store', { value: new MemoryStore() });
  const keeper = await device.open(t);
  assert.ok((await keeper.answer(grant)).purposes.store.allowed);
  assert.equal(device.record, undefined);
  assert.deepEqual(await keeper.answer(viewed('m')), { accepted: false, reason: 'not_stored' });
  assert.equal(await viewsOf(keeper), 1);
});

test('a pack of another signer, site or shape is refused', async (t) => {
  const device = new Device();
  const spoiled = sitePack();
  spoiled[spoiled.length - 1] ^= 1;
  for (const opening of [
    { signer: 'A'.repeat(43) },
    { site: 'other.example' },
    { signer: 'short' },
    { pack: spoiled },
    { pack: new Uint8Array(10) },
    { pack: sitePack({ plan: { ...plan, currency: 'euro' } }) },
  ]) {
    await assert.rejects(device.open(t, opening), { name: 'BayaError' });
  }
});
