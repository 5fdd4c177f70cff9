// A page that measures and its worker in one, with the real engine behind it.

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { startAggregators, tasksSection } from '../../../tests/lib/measure_tasks.mjs';
import { measuringPlan, signer, sitePack } from '../../../tests/lib/site_pack.mjs';
import { engineWasm, importSources, reportWasm } from './files.mjs';

const sources = await importSources([
  'blob_store.ts',
  'call_record.ts',
  'device_slot.ts',
  'generated/by_name.ts',
  'in_process.ts',
  'keeper.ts',
  'reading.ts',
  'report_module.ts',
  'reporter.ts',
  'requests.ts',
]);
export const { EraseScope } = sources;
const {
  callText,
  Engine,
  EngineModule,
  engineIntegrity,
  Keeper,
  loadReports,
  MemorySlot,
  MemoryStore,
  Reporter,
} = sources;

const wasmUrl = `data:application/wasm;base64,${Buffer.from(reportWasm()).toString('base64')}`;

export const silent = {
  choices: [],
  textVersion: '',
  globalPrivacyControl: false,
  consentMode: [],
};

/** The keeper answers, the reporter has the network. */
export class Page {
  blobs = new MemoryStore();
  slot = new MemorySlot();
  asked = [];

  constructor(aggregators, changes) {
    const { leader, helper } = aggregators;
    const tasks = tasksSection({ leader: leader.url, helper: helper.url }, changes);
    this.pack = sitePack({ plan: measuringPlan, tasks });
  }

  async open(
    t,
    {
      wait = { settle: 1, retry: 20, exchange: 5_000 },
      kind = 'indexeddb',
      reports = wasmUrl,
      load = loadReports,
      fillRandom,
      ...opening
    } = {},
  ) {
    const { blobs } = this;
    const module = await EngineModule.load(engineWasm(), engineIntegrity);
    const engine = Engine.open(module);
    const reporter = new Reporter(
      (request) => {
        this.asked.push(request.name);
        return this.keeper.answer(request);
      },
      reports,
      wait,
    );
    const parts = {
      engine,
      loadReports: (wasm) => load(module, wasm, fillRandom),
      store: {
        kind,
        readAll: () => blobs.readAll(),
        apply: (batch) => blobs.apply(batch),
        destroy: () => blobs.destroy(),
      },
      slot: this.slot,
      notify: ({ event }) => {
        if (event === 'change') reporter.soon();
      },
      keepRecord: (record) => {
        this.record = record ?? undefined;
      },
      measuring: (allowed) => reporter.allow(allowed),
    };
    const { pack, record } = this;
    const site = 'shop.example';
    this.keeper = await Keeper.open(parts, {
      pack,
      signer,
      site,
      record,
      signals: silent,
      ...opening,
    });
    const { keeper } = this;
    t.after(() => {
      reporter.allow(false);
      keeper.close();
    });
    this.reporter = reporter;
  }

  /** The page goes. */
  leave() {
    this.reporter.allow(false);
    this.keeper.close();
  }

  choose(choices) {
    const made = Object.entries(choices).map(([purpose, granted]) => ({ purpose, granted }));
    return this.keeper.answer({ ...silent, name: 'signals', choices: made });
  }

  async view(product = 'mug-1') {
    const ack = await this.keeper.answer({
      name: 'take',
      call: callText({
        verb: 'track',
        messageId: `m-${Math.random()}`,
        timeMs: Date.now(),
        sentMs: Date.now(),
        name: 'Product Viewed',
        properties: { product_id: product },
      }),
    });
    assert.deepEqual(ack, { accepted: true });
  }

  async states() {
    return (await this.read('reportLog')).reports.map(({ state }) => state);
  }

  /** As rights.ts does. */
  read(name) {
    const ask = (request) => this.keeper.answer(request);
    return sources.read(ask, sources.operations[name], {});
  }
}

export const all = { store: true, personalize: true, measure: true };

export async function until(what, holds) {
  for (let i = 0; i < 2_000; i++) {
    if (await holds()) return;
    await sleep(10);
  }
  assert.fail(what);
}

export async function measuringPage(t, changes, opening) {
  const aggregators = await startAggregators(t);
  const page = new Page(aggregators, changes);
  await page.open(t, opening);
  await page.choose(all);
  return { ...aggregators, page };
}

/** Longer than a test waits for what else ends an exchange. */
export const patient = { wait: { settle: 1, retry: 20, exchange: 600_000 } };
export const hasty = { wait: { settle: 1, retry: 20, exchange: 300 } };
export const isSent = (page) => async () => (await page.states())[0] === 'sent';
