// Visitors at random: what they do in a shop, the engine that keeps it, and the shelves they see.
import { importSources } from '../../js-bindings/test/support/files.mjs';

const { callText, encodeCall, explanationOf, exportJson, snapshotOf } = await importSources([
  'answers.ts',
  'call_record.ts',
  'export.ts',
  'portable.ts',
]);

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const SHELF = 20;
const CREATE_VAULT = 2;
const EVERYTHING = 1;
const SET = 1;
const CONTRADICT = 2;
const UNDO = 3;

export const PLAN = {
  version: 1,
  currency: 'EUR',
  consent: {
    version: '2026-11',
    texts: {
      store: 'Remember on this device what I look at and buy.',
      personalize: 'Sort the shelves for me, on this device.',
    },
  },
  fields: Object.fromEntries(
    ['item.id', 'item.quantity', 'item.category', 'item.brand', 'order.id', 'list.id'].map(
      (field) => [field, ['store', 'personalize']],
    ),
  ),
};

/** mulberry32 (T. Ettinger): uniform in [0, 1), the same for the same seed. */
export function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
}

const KINDS = [
  [45, 'Product Viewed'],
  [10, 'Product Clicked'],
  [12, 'Product Added'],
  [4, 'Product Removed'],
  [16, 'Order Completed'],
  [4, 'Product Liked'],
  [4, 'Product Disliked'],
  [5, 'Product List Viewed'],
];

/** One engine after the other visitor; `items` are the shop's ids, the most popular first. */
export class RandomVisitor {
  #engine;
  #random;
  #items;
  #events = 0;
  #seen = []; // reasons on shelves so far: { code, because }

  constructor(engine, random) {
    this.#engine = engine;
    this.#random = random;
  }

  below(bound) {
    return Math.floor(this.#random() * bound);
  }
  chance(share) {
    return this.#random() < share;
  }
  pick(list) {
    return list[this.below(list.length)];
  }

  /** Opens the shop, once. */
  enter(pack, signer, nowMs) {
    this.#engine.nowMs = nowMs;
    this.#engine.call('setPack', {
      site: 'shop.example',
      signer: Buffer.from(signer, 'base64url'),
      testTasks: false,
      sha256: new Uint8Array(),
      pack,
    });
    this.#engine.call('start', { record: '' });
    this.agree();
    const { items } = this.#engine.call('recommend', this.#ask({ limit: 1000, plain: true }));
    this.#items = items.map(({ item }) => item);
    this.forget();
  }

  agree() {
    const { effects } = this.#engine.call('signals', {
      choices: ['store', 'personalize'].map((purpose) => ({ purpose, granted: true })),
      textVersion: PLAN.consent.version,
      globalPrivacyControl: false,
      consentMode: [],
    });
    if (effects.vault !== CREATE_VAULT) throw new Error('no vault is wanted');
    this.#engine.call('createVault', { secret: this.#secret() });
    this.#settle();
  }

  forget() {
    this.#engine.call('erase', { scope: EVERYTHING, name: '', fromMs: 0, toMs: 0 });
    this.#settle();
  }

  /** Out of the engine, everything erased, and in again, as on another device. */
  move() {
    const exported = this.#engine.call('exportData');
    const snapshot = snapshotOf(exportJson(exported));
    if (Buffer.compare(snapshot, exported.snapshot) !== 0)
      throw new Error('an export loses something');
    this.forget();
    this.agree();
    this.#engine.call('importData', { snapshot });
    this.#settle();
  }

  /** Everything a visitor does, at `nowMs` at last. Returns how many events that were. */
  live(nowMs) {
    const before = this.#events;
    this.#engine.nowMs = nowMs - MINUTE_MS;
    this.#ingest(this.#past(this.below(61)));
    if (this.chance(0.2)) this.#setInterest();
    if (this.chance(0.15)) this.#pause();
    if (this.chance(0.3)) this.#answerTheShelf();
    this.#settle();
    this.#engine.nowMs = nowMs;
    return this.#events - before;
  }

  /** What the visitor asks of a shelf, at random but for `plain`. */
  wish(plain) {
    const categories = this.#seen.filter(({ code }) => code === 'likes_category');
    return this.#ask({
      plain,
      exclude: this.chance(0.2) ? [this.pick(this.#items), 'unknown'] : [],
      category: this.chance(0.2) && categories.length > 0 ? this.pick(categories).because : '',
      region: this.chance(0.3) ? 'DE' : '',
      adult: this.chance(0.3),
    });
  }

  /** The best 20, and all that speaks for each: [{ item, score, contributions }]. */
  look(wish) {
    const { items } = this.#engine.call('recommend', wish);
    return items.map(({ item }) => {
      const why = explanationOf(item, this.#engine.call('explain', { item }));
      for (const { code, because } of why.contributions) {
        if (because && this.chance(0.05)) this.#seen.push({ code, because });
      }
      if (this.#seen.length > 200) this.#seen.splice(0, 100);
      return why;
    });
  }

  #secret() {
    return Uint8Array.from({ length: 32 }, () => this.below(256));
  }

  #ask(wish) {
    const plainest = { caller: 'shelf:home', limit: SHELF, exclude: [], category: '', region: '' };
    return { ...plainest, adult: false, plain: false, ...wish };
  }

  // Every batch counts as written at once.
  #settle() {
    for (;;) {
      const { hasBatch, id, store } = this.#engine.call('flush');
      if (hasBatch) this.#engine.call('confirm', { id });
      else if (store.wantsSlotSecret)
        this.#engine.call('offerSlotSecret', { secret: this.#secret() });
      else return;
    }
  }

  #ingest(events) {
    if (events.length === 0) return;
    const { verdicts } = this.#engine.call('ingest', { caller: 'page', events });
    const refused = verdicts.find(({ accepted }) => !accepted);
    if (refused) throw new Error(`an event was not taken: ${refused.reason}`);
    this.#events += events.length;
  }

  // Visits over the last ten months, half the time one that is not over yet.
  #past(count) {
    const { nowMs } = this.#engine;
    const times = [];
    while (times.length < count) {
      const lately = times.length === 0 && this.chance(0.5);
      let time = nowMs - (lately ? this.#random() * 0.08 : this.#random() ** 2 * 300 + 1) * DAY_MS;
      for (let left = 1 + this.below(12); left > 0 && times.length < count; left--) {
        times.push(Math.min(Math.floor(time), nowMs));
        time += this.#random() * 8 * MINUTE_MS;
      }
    }
    times.sort((a, b) => a - b);
    return times.map((time) => this.#event(time));
  }

  // Popular items more often.
  #item() {
    return this.#items[Math.floor(this.#items.length * this.#random() ** 2)];
  }

  #product() {
    const product = { product_id: this.#item(), quantity: 1 + this.below(3) };
    if (this.chance(0.1)) product.gift = true;
    if (this.chance(0.3)) product.category = `kind ${this.below(20)}`;
    return product;
  }

  #kind() {
    let left = this.below(100);
    return KINDS.find(([share]) => {
      left -= share;
      return left < 0;
    })[1];
  }

  #event(timeMs, name = this.#kind()) {
    const products = () => Array.from({ length: 1 + this.below(5) }, () => this.#product());
    let properties = this.#product();
    if (name === 'Order Completed') {
      properties = { order_id: `o${this.#events}-${timeMs}`, products: products() };
    } else if (name === 'Product List Viewed') {
      properties = { list_id: 'for-you', products: products() };
    }
    const messageId = `m${this.below(2 ** 31)}-${this.below(2 ** 31)}`;
    const { nowMs } = this.#engine;
    const call = { verb: 'track', messageId, timeMs, sentMs: nowMs, name, properties };
    return encodeCall(callText(call));
  }

  // The clock goes on, so that what follows is newer.
  #correct(action, field, value = '') {
    this.#engine.nowMs += 1000;
    const { verdict } = this.#engine.call('correct', { action, field, value });
    if (!verdict.accepted) throw new Error(`a correction was not taken: ${verdict.reason}`);
    this.#engine.nowMs += 1000;
    this.#events += 1;
  }

  #setInterest() {
    const kind = this.chance(0.5)
      ? `category.kind ${this.below(20)}`
      : `brand.Brand ${this.below(7)}`;
    this.#correct(SET, `interest.${kind}`, `${this.below(1001)}`);
  }

  // Unlearned, in part for good.
  #pause() {
    this.#correct(CONTRADICT, 'learning');
    this.#ingest(Array.from({ length: 3 }, () => this.#event(this.#engine.nowMs)));
    if (!this.chance(0.7)) return;
    this.#correct(UNDO, 'learning');
    this.#ingest([this.#event(this.#engine.nowMs)]);
  }

  // Dislikes what stands there, or a reason for it.
  #answerTheShelf() {
    const shelf = this.look(this.wish(false));
    const shown = shelf.flatMap(({ contributions }) => contributions);
    const kinds = { bought_together: 'item', just_viewed: 'item' };
    for (let i = this.below(3); i > 0 && shown.length > 0; i--) {
      const { code, because } = this.pick(shown);
      const kind = kinds[code] ?? (code.startsWith('likes_') ? code.slice(6) : undefined);
      if (kind && because) this.#correct(CONTRADICT, `reason.${kind}.${because}`);
    }
    const events = ['Product Disliked', 'Product Liked'].filter(() => this.chance(0.5));
    this.#ingest(events.map((name) => this.#event(this.#engine.nowMs, name)));
  }
}
