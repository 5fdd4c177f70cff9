// Calls everything that the package gives a page, with a canary in one argument of each call, and
// writes down what came back in words: why an event is not held, and every error to the end of its
// causes. What the person asked to see (an export, a shelf) is no such word.

const values = {
  text: (canary) => canary,
  boxed: (canary) => new String(canary),
  number: (canary) => Number(canary),
  bigint: (canary) => BigInt(canary),
  symbol: (canary) => Symbol(canary),
  nested: (canary) => ({ a: { b: [canary] } }),
  list: (canary) => [canary],
  name: (canary) => ({ [canary]: 1 }),
  map: (canary) => new Map([[canary, canary]]),
  bytes: (canary) => new TextEncoder().encode(canary),
  url: (canary) => new URL(`https://${canary}.example/${canary}`),
  error: (canary) => new Error(canary),
  // Made by the test: its source is what a browser quotes.
  function: (canary) => globalThis.functions[canary],
  cycle: (canary) => {
    const cycle = {};
    cycle[canary] = cycle;
    return cycle;
  },
  long: (canary) => canary.repeat(2000),
  deep: (canary) => [[[[[[[[{ [canary]: canary }]]]]]]]],
  zero: (canary) => `\0${canary}`,
  surrogate: (canary) => `\ud800${canary}`,
};

const track = (name) => (value) =>
  baya.track('Product Viewed', { product_id: 'lamp-2', [name]: value });
const line = (name) => (value) =>
  baya.track('Order Completed', {
    order_id: 'o',
    products: [{ product_id: 'mug-3', quantity: 1, price: 2, [name]: value }],
  });
const trait = (name) => (value) => baya.identify({ [name]: value });
const exportWith = (members) => (value) => {
  const empty = {
    format: 'baya.profile',
    version: 1,
    exported_ms: 1,
    last_used_ms: {},
    events: [],
  };
  let text;
  try {
    text = JSON.stringify({ ...empty, ...members(value) });
  } catch {
    text = `{"version": ${String(value)}`; // what is no JSON
  }
  return mine.import(text);
};
const event = (members) => (value) => ({
  events: [
    {
      kind: 'product_viewed',
      source: 'page',
      time_ms: Date.now() - 1000,
      message_id: 'm',
      items: [{ id: 'lamp-2', quantity: 1 }],
      ...members(value),
    },
  ],
});

const keyOf = (value) => (typeof value === 'symbol' ? value.description : value);

const slots = {
  'track event': (value) => baya.track(value, { product_id: 'lamp-2' }),
  'track properties': (value) => baya.track('Product Viewed', value),
  'track options': (value) => baya.track('Product Viewed', { product_id: 'lamp-2' }, value),
  'track messageId': (value) =>
    baya.track('Product Viewed', { product_id: 'lamp-2' }, { messageId: value }),
  'track timestamp': (value) =>
    baya.track('Product Viewed', { product_id: 'lamp-2' }, { timestamp: value }),
  'track callback': (value) =>
    new Promise((resolve) =>
      baya.track('Product Viewed', { product_id: value }, (ack) => resolve(ack)),
    ),
  ...Object.fromEntries(
    ['product_id', 'name', 'category', 'brand', 'price', 'currency', 'quantity', 'unplanned'].map(
      (name) => [`track ${name}`, track(name)],
    ),
  ),
  'track query': (value) => baya.track('Products Searched', { query: value }),
  'track list_id': (value) => baya.track('Product List Viewed', { list_id: value }),
  'track order_id': (value) => baya.track('Order Completed', { order_id: value, products: [] }),
  'track total': (value) => baya.track('Order Completed', { order_id: 'o', total: value }),
  'track unknown': (value) => baya.track('Something Of The Shop', { anything: value }),
  ...Object.fromEntries(
    ['product_id', 'category', 'quantity', 'price', 'gift'].map((name) => [
      `track products ${name}`,
      line(name),
    ]),
  ),
  'page category': (value) => baya.page(value, 'name'),
  'page name': (value) => baya.page('category', value),
  'page properties': (value) => baya.page('name', value),
  'page title': (value) => baya.page('name', { title: value, url: value }),
  'identify user': (value) => baya.identify(value),
  'identify traits': (value) => baya.identify('someone', value),
  ...Object.fromEntries(
    ['email', 'name', 'phone', 'age', 'address', 'unplanned'].map((name) => [
      `identify ${name}`,
      trait(name),
    ]),
  ),
  'group id': (value) => baya.group(value),
  'group traits': (value) => baya.group('company', value),
  'alias user': (value) => baya.alias(value),
  'alias previous': (value) => baya.alias('someone', value),
  reset: (value) => baya.reset(value),
  consentState: (value) => baya.consentState(value).then(JSON.stringify),
  'consent choice': (value) => baya.consent(value).then(JSON.stringify),
  'consent purpose': (value) => baya.consent({ [keyOf(value)]: true }).then(JSON.stringify),
  'consent refusal': (value) => baya.consent({ [keyOf(value)]: false }).then(JSON.stringify),
  'consent answer': (value) => baya.consent({ personalize: value }).then(JSON.stringify),
  'consent text': (value) => baya.consent({ personalize: true }, value).then(JSON.stringify),
  'consent version': (value) =>
    baya.consent({ personalize: true }, { version: value }).then(JSON.stringify),
  'recommend request': (value) => baya.recommend(value).then(() => ''),
  ...Object.fromEntries(
    ['limit', 'category', 'region', 'adult', 'plain'].map((name) => [
      `recommend ${name}`,
      (value) => baya.recommend({ [name]: value }).then(() => ''),
    ]),
  ),
  'recommend exclude': (value) => baya.recommend({ exclude: [value] }).then(() => ''),
  'on event': (value) => baya.on(value, () => {}),
  'on listener': (value) => baya.on('change', value),
  explain: (value) => mine.explain(value).then(() => ''),
  'correct field': (value) => mine.correct(value, 'said'),
  'correct field away': (value) => mine.correct(value, null),
  'correct family': (value) => mine.correct(`trait.${value}`, 'said'),
  'correct reason': (value) => mine.correct(`reason.item.${value}`, null),
  'correct value': (value) => mine.correct('trait.email', value),
  import: (value) => mine.import(value),
  'import broken': (value) => mine.import(`{"format": ${value}`),
  'import cut off': (value) => mine.import(`{"format": "baya.profile", "events": "${value}`),
  'import format': exportWith((value) => ({ format: value })),
  'import version': exportWith((value) => ({ version: value })),
  'import member': exportWith((value) => ({ [keyOf(value)]: 1 })),
  'import events': exportWith((value) => ({ events: value })),
  'import kind': exportWith(event((value) => ({ kind: value }))),
  'import message_id': exportWith(event((value) => ({ message_id: value }))),
  'import item': exportWith(event((value) => ({ items: [{ id: value, quantity: 1 }] }))),
  'import time': exportWith(event((value) => ({ time_ms: value }))),
  'pause learning': (value) => mine.pause({ learning: value }),
  'erase what': (value) => mine.erase(value),
  'erase all': (value) => mine.erase({ all: value }),
  'erase purpose': (value) => mine.erase({ purpose: value }),
  'erase item': (value) => mine.erase({ item: value }),
  ...Object.fromEntries(
    ['inventory', 'profile', 'accessLog', 'export', 'protection', 'measureTasks', 'reportLog'].map(
      (name) => [name, (value) => mine[name](value).then(() => '')],
    ),
  ),
};

// Everything that an error says, and what it says was its cause.
function wordsOf(error, depth = 0) {
  if (depth > 8) return '';
  if (typeof error !== 'object' || error === null) return String(error);
  const own = Object.getOwnPropertyNames(error).filter((name) => name !== 'cause');
  const said = [error.name, error.message, ...own.map((name) => String(error[name]))];
  const causes = [error.cause, ...(error.errors ?? [])].filter((cause) => cause !== undefined);
  return [...said, ...causes.map((cause) => wordsOf(cause, depth + 1))].join('\n');
}

async function call({ slot, kind, canary }) {
  try {
    const said = await slots[slot](values[kind](canary));
    return typeof said === 'object' ? JSON.stringify(said) : String(said ?? '');
  } catch (error) {
    return wordsOf(error);
  }
}

globalThis.slotNames = Object.keys(slots);
globalThis.kinds = Object.keys(values);
globalThis.makeCalls = (calls) => Promise.all(calls.map(call));
globalThis.wordsOf = wordsOf;
globalThis.canariesReady = true;
