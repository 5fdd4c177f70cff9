// Bad inputs by name, for every interface and decoder that takes something from outside: what is
// asked, and the code that answers. Three lists, because there are three ways in, the last of them in
// bad_calls.mjs:
//
//   requests   an operation of the engine: run by engine.wasm in Node and by the native engine
//   decoders   a decoder of js-bindings: run in Node
//   calls      the package's own interface: run on a page in Chromium
//
// One is {name, api, input, code}. `input` is, in the same order: the bytes of a request; the text of
// an argument in JavaScript; the text of an expression in JavaScript. `code` is a BayaError's code, the
// reason of an event that is not taken, or, where the interface only ever answers and never rejects,
// what it answers.

const bytes = (...parts) => Buffer.concat(parts.map((part) => Buffer.from(part)));
const uint = (width, value) => {
  const out = Buffer.alloc(width);
  let left = BigInt(value);
  for (let i = width - 1; i >= 0; i--) {
    out[i] = Number(left & 255n);
    left >>= 8n;
  }
  return out;
};
const opaque = (width, value) => {
  const body = Buffer.from(value);
  return bytes(uint(width, body.length), body);
};
const times = (count, text) => Buffer.from(text.repeat(count));

/** Texts that no name, id or word may be, with what each is. */
const BAD_TEXTS = [
  ['a byte that is no UTF-8', [0xff]],
  ['half a character', [0xc3]],
  ['a lone surrogate', [0xed, 0xa0, 0x80]],
  ['an overlong slash', [0xc0, 0xaf]],
  ['a character past U+10FFFF', [0xf4, 0x90, 0x80, 0x80]],
];

const i = 'invalidArgument';
const string8 = (text) => opaque(1, text);
const string16 = (text) => opaque(2, text);
const list = (...elements) => opaque(4, bytes(...elements));
const flag = (value) => uint(1, value);

// What each operation may be asked with on the device of bad_inputs.test.mjs.
const event = (changes = {}) => {
  const { version = 1, verb = 1, source = 1, id = 'm-1', time = 1, sent = 1 } = changes;
  const { name = 'Product Viewed', properties = object([['product_id', text('mug-1')]]) } = changes;
  return bytes(
    [version, verb, source],
    string8(id),
    uint(8, time),
    uint(8, sent),
    string8(name),
    properties,
    changes.after ?? [],
  );
};
const text = (value) => bytes([4], string16(value));
const number = (bits) => bytes([3], uint(8, bits));
const array = (...elements) => bytes([5], string16(bytes(...elements)));
const object = (members) =>
  bytes([6], string16(bytes(...members.map(([name, value]) => bytes(string8(name), value)))));
const nested = (depth) => (depth === 0 ? bytes([0]) : array(nested(depth - 1)));

const ingest = (events, caller = 'page') =>
  bytes(string8(caller), list(...events.map((one) => opaque(2, one))));
const recommend = ({ caller = 'shelf:home', limit = 5, exclude = [], category = '' } = {}) =>
  bytes(string8(caller), uint(2, limit), list(...exclude.map(string16)), string16(category));
const shelf = (changes, last = [0, 0]) => bytes(recommend(changes), string16(''), last);
const correct = (action, field, value = '') => bytes([action], string16(field), string16(value));
const erase = (scope, name = '', fromMs = 0, toMs = 0) =>
  bytes([scope], string16(name), uint(8, fromMs), uint(8, toMs));
const signals = ({ choices = [], version = '', gpc = 0, mode = [] } = {}) =>
  bytes(
    list(...choices.map(([purpose, granted]) => bytes(string8(purpose), flag(granted)))),
    string8(version),
    flag(gpc),
    list(...mode.map(([update, key, on]) => bytes(flag(update), string8(key), flag(on)))),
  );
const openVault = (blobs, secrets, record = '') =>
  bytes(
    list(...blobs.map(([name, content]) => bytes(string8(name), opaque(4, content)))),
    list(...secrets.map((secret) => bytes(string8(secret)))),
    uint(8, 0),
    string8(record),
  );

const VALID = {
  about: [],
  start: string16(''),
  consentState: [],
  signals: signals(),
  createVault: Buffer.alloc(32, 9),
  ingest: ingest([event()]),
  flush: [],
  confirm: uint(8, 77),
  fail: bytes(uint(8, 77), [8]),
  offerSlotSecret: Buffer.alloc(32, 9),
  recommend: shelf(),
  explain: string16('mug-1'),
  inventory: [],
  accessLog: [],
  correct: correct(2, 'reason.item.mug-1'),
  exportData: [],
  importData: opaque(4, []),
  pause: [0],
  erase: erase(3, 'mug-1'),
  tick: [],
  measureTasks: [],
  dueReports: [],
  makeReport: bytes(Buffer.alloc(32), string16(''), string16('')),
  takeUploads: [],
  uploadDone: bytes(Buffer.alloc(16), [1]),
  reportLog: [],
  receipts: [],
};

// What is wrong with a request of any operation.
function badFrames() {
  return Object.entries(VALID).flatMap(([api, whole]) => {
    const bad = (name, input) => [api, name, input, i];
    const shorter = [bad('no bytes', []), bad('without its last byte', whole.slice(0, -1))];
    return [
      ...(whole.length === 0 ? [] : shorter),
      bad('a byte too many', bytes(whole, [0])),
      bad('a megabyte of 0xff', Buffer.alloc(1 << 20, 0xff)),
    ];
  });
}

const badTexts = (api, what, requestOf) =>
  BAD_TEXTS.map(([name, value]) => [api, `${what}: ${name}`, requestOf(value), i]);

const badOperations = [17, 32, 33, 255, 999, 1001, 1002, 2 ** 31, 2 ** 32 - 1].map((op) => [
  op,
  `no operation of the engine`,
  [],
  'unimplemented',
]);

const badEvents = [
  ['empty', [], 'malformed'],
  ['one byte', [1], 'malformed'],
  ['version 0', event({ version: 0 }), 'malformed'],
  ['version 9', event({ version: 9 }), 'malformed'],
  ['verb 0', event({ verb: 0 }), 'malformed'],
  ['verb 5', event({ verb: 5 }), 'malformed'],
  ['source 0', event({ source: 0 }), 'malformed'],
  ['source 5', event({ source: 5 }), 'malformed'],
  ['no message id', event({ id: '' }), 'bad_message_id'],
  ['65 characters of a message id', event({ id: times(65, 'm') }), 'bad_message_id'],
  ['a space in the message id', event({ id: 'a b' }), 'bad_message_id'],
  ['NUL in the message id', event({ id: 'a\0b' }), 'bad_message_id'],
  ['a message id beyond ASCII', event({ id: '\u00e9' }), 'bad_message_id'],
  ['a time of 2^53', event({ time: 2n ** 53n }), 'malformed'],
  ['a time of 2^64 - 1', event({ time: 2n ** 64n - 1n }), 'malformed'],
  ['sent at 2^53', event({ sent: 2n ** 53n }), 'malformed'],
  ['no name', event({ name: '' }), 'unknown_event'],
  ['an event that nobody knows', event({ name: 'Sold Out' }), 'unknown_event'],
  ['another case of its name', event({ name: 'product viewed' }), 'unknown_event'],
  ['NUL in its name', event({ name: 'Product\0Viewed' }), 'unknown_event'],
  ['properties: null', event({ properties: [0] }), 'malformed'],
  ['properties: true', event({ properties: [2] }), 'malformed'],
  ['properties: a text', event({ properties: text('a') }), 'malformed'],
  ['properties: an array', event({ properties: array(text('a')) }), 'malformed'],
  ['a type that is none', event({ properties: [7] }), 'malformed'],
  ['NaN', event({ properties: object([['price', number(0x7ff8n << 48n)]]) }), 'malformed'],
  ['infinity', event({ properties: object([['price', number(0x7ff0n << 48n)]]) }), 'malformed'],
  [
    'infinity below zero',
    event({ properties: object([['price', number(0xfff0n << 48n)]]) }),
    'malformed',
  ],
  ['five values deep', event({ properties: object([['a', nested(5)]]) }), 'malformed'],
  ['10,000 values deep', event({ properties: object([['a', nested(10_000)]]) }), 'malformed'],
  [
    'a name twice',
    event({
      properties: object([
        ['a', text('1')],
        ['a', text('2')],
      ]),
    }),
    'malformed',
  ],
  [
    '65 members',
    event({ properties: object(Array.from({ length: 65 }, (_, n) => [`m${n}`, [0]])) }),
    'malformed',
  ],
  ['a byte left over', event({ after: [0] }), 'malformed'],
  ['over 32 KiB', event({ properties: object([['a', text(times(40_000, 'a'))]]) }), 'too_large'],
  ['no product', event({ properties: object([]) }), 'missing_field'],
  ['an empty product', event({ properties: object([['product_id', text('')]]) }), 'missing_field'],
  [
    'a product that is a list',
    event({ properties: object([['product_id', array()]]) }),
    'wrong_type',
  ],
  [
    'a product of 300 bytes',
    event({ properties: object([['product_id', text(times(300, 'p'))]]) }),
    'bad_text',
  ],
  ['a product with NUL', event({ properties: object([['product_id', text('a\0')]]) }), 'bad_text'],
  ...[
    ['a price below zero', number(0xbff0n << 48n)],
    ['a price that is no number', text('cheap')],
    ['a price of 1e300', number(0x7e37e43c8800759cn)],
  ].map(([name, price]) => [
    name,
    event({
      properties: object([
        ['product_id', text('mug-1')],
        ['price', price],
      ]),
    }),
    'bad_price',
  ]),
  ...BAD_TEXTS.flatMap(([name, value]) => [
    [`name: ${name}`, event({ name: value }), 'malformed'],
    [`property's name: ${name}`, event({ properties: object([[value, [0]]]) }), 'malformed'],
    [
      `property: ${name}`,
      event({ properties: object([['product_id', text(value)]]) }),
      'malformed',
    ],
    [`message id: ${name}`, event({ id: value }), 'malformed'],
  ]),
  [
    'an order without lines',
    event({ name: 'Order Completed', properties: object([]) }),
    'missing_field',
  ],
  [
    'an order of texts',
    event({ name: 'Order Completed', properties: object([['products', array(text('a'))]]) }),
    'wrong_type',
  ],
  [
    'a search for nothing',
    event({ name: 'Products Searched', properties: object([]) }),
    'missing_field',
  ],
];

const badRequests = [
  ...badFrames(),
  ...badOperations,
  ...badEvents.map(([name, one, reason]) => ['ingest', `event: ${name}`, ingest([one]), reason]),
  ...['', 'a b', 'Page', 'page\0', times(65, 'c'), '\u00e9'].map((caller) => [
    'ingest',
    `caller ${JSON.stringify(String(caller).slice(0, 8))}`,
    ingest([event()], caller),
    i,
  ]),
  ...badTexts('ingest', 'caller', (value) => ingest([], value)),
  ...['', 'a b', times(65, 'c')].map((caller) => [
    'recommend',
    `caller ${JSON.stringify(String(caller).slice(0, 8))}`,
    shelf({ caller }),
    i,
  ]),
  ...[0, 1001, 65_535].map((limit) => ['recommend', `limit ${limit}`, shelf({ limit }), i]),
  ['recommend', 'adult is 2', shelf({}, [2, 0]), i],
  ['recommend', 'plain is 255', shelf({}, [0, 255]), i],
  ...badTexts('recommend', 'caller', (caller) => shelf({ caller })),
  ...badTexts('recommend', 'category', (category) => shelf({ category })),
  ...badTexts('recommend', 'excluded', (value) => shelf({ exclude: [value] })),
  ['explain', 'no item', string16(''), 'notFound'],
  ['explain', 'an item that the shop does not have', string16('mug-999'), 'notFound'],
  ['explain', 'an item of 65,535 bytes', string16(times(65_535, 'x')), 'notFound'],
  ['explain', 'NUL behind its name', string16('mug-1\0'), 'notFound'],
  ...badTexts('explain', 'item', string16),
  ...[0, 4, 255].map((action) => [
    'correct',
    `action ${action}`,
    correct(action, 'trait.email'),
    i,
  ]),
  ['correct', 'no field', correct(1, '', 'a'), i],
  ['correct', 'a field that nobody has', correct(1, 'no.such.field', 'a'), i],
  ['correct', 'a field of 65,535 bytes', correct(1, times(65_535, 'f'), 'a'), i],
  ['correct', 'nothing to set it to', correct(1, 'trait.email', ''), i],
  ['correct', 'a value of 65,535 bytes', correct(1, 'trait.email', times(65_535, 'v')), i],
  ['correct', 'a value where there is none', correct(2, 'trait.email', 'v'), i],
  ['correct', 'an interest that is no number', correct(1, 'interest.category.mugs', 'much'), i],
  ['correct', 'an interest of 1001', correct(1, 'interest.category.mugs', '1001'), i],
  ['correct', 'an interest below zero', correct(1, 'interest.category.mugs', '-1'), i],
  ['correct', 'NUL in the field', correct(1, 'trait.e\0mail', 'a'), i],
  ['correct', 'NUL in the value', correct(1, 'trait.email', 'a\0'), i],
  ...badTexts('correct', 'field', (value) => correct(1, value, 'a')),
  ...badTexts('correct', 'value', (value) => correct(1, 'trait.email', value)),
  ...[0, 6, 255].map((scope) => ['erase', `scope ${scope}`, erase(scope), i]),
  ['erase', 'an empty span', erase(5, '', 5, 5), i],
  ['erase', 'a span that ends before it begins', erase(5, '', 6, 5), i],
  ['erase', 'a span, and a name', erase(5, 'mug-1', 1, 2), i],
  ['erase', 'everything, and a span', erase(1, '', 1, 2), i],
  ['erase', 'an item, and a span', erase(3, 'mug-1', 1, 2), i],
  ['erase', 'a purpose that is none', erase(2, 'fun'), i],
  ['erase', 'no purpose', erase(2), i],
  ['erase', 'partner:', erase(2, 'partner:'), i],
  ['erase', 'partner:99999999999', erase(2, 'partner:99999999999'), i],
  ['erase', 'no item', erase(3), i],
  ['erase', 'everything, and a name', erase(1, 'store'), i],
  ['erase', 'who they are, and a name', erase(4, 'user-1'), i],
  ...badTexts('erase', 'purpose', (value) => erase(2, value)),
  ...badTexts('erase', 'item', (value) => erase(3, value)),
  ['signals', 'a purpose that is none', signals({ choices: [['fun', 1]] }), i],
  ['signals', 'a purpose without a name', signals({ choices: [['', 1]] }), i],
  ['signals', 'partner:0x1', signals({ choices: [['partner:0x1', 1]] }), i],
  ['signals', 'partner:01', signals({ choices: [['partner:01', 1]] }), i],
  ['signals', 'partner:65536', signals({ choices: [['partner:65536', 1]] }), i],
  ['signals', 'a purpose that the plan has not', signals({ choices: [['train', 1]] }), i],
  [
    'signals',
    'a purpose twice',
    signals({
      choices: [
        ['store', 1],
        ['store', 0],
      ],
    }),
    i,
  ],
  [
    'signals',
    'a text that the plan has not',
    signals({ choices: [['store', 1]], version: '1999' }),
    'failedPrecondition',
  ],
  ['signals', 'granted is 2', signals({ choices: [['store', 2]] }), i],
  ['signals', 'the privacy control is 2', signals({ gpc: 2 }), i],
  ['signals', 'update is 3', signals({ mode: [[3, 'ad_storage', 1]] }), i],
  ...badTexts('signals', 'purpose', (value) => signals({ choices: [[value, 1]] })),
  ...badTexts('signals', 'text version', (version) => signals({ version })),
  ...badTexts('signals', 'key', (key) => signals({ mode: [[0, key, 1]] })),
  ['createVault', 'one is open', Buffer.alloc(32, 9), 'failedPrecondition'],
  ['createVault', '31 bytes', Buffer.alloc(31, 9), i],
  ['createVault', '33 bytes', Buffer.alloc(33, 9), i],
  ['offerSlotSecret', 'none is wanted', Buffer.alloc(32, 9), 'failedPrecondition'],
  ['offerSlotSecret', '31 bytes', Buffer.alloc(31, 9), i],
  ['confirm', 'a batch that is not in flight', uint(8, 77), i],
  ['confirm', 'batch 0', uint(8, 0), i],
  ['fail', 'a batch that is not in flight', bytes(uint(8, 77), [8]), i],
  ['pause', 'paused is 2', [2], i],
  ['makeReport', 'a task that the pack has not', VALID.makeReport, 'notFound'],
  ['uploadDone', 'a report that nobody made', VALID.uploadDone, 'notFound'],
  ['uploadDone', 'accepted is 2', bytes(Buffer.alloc(16), [2]), i],
  ['openVault', 'a secret of 31 bytes', openVault([], [Buffer.alloc(31)]), i],
  [
    'openVault',
    'a slots blob of zeros',
    openVault([['slots', Buffer.alloc(64)]], [Buffer.alloc(32)]),
    i,
  ],
  ...badTexts('openVault', 'name', (name) => openVault([[name, 'x']], [])),
  ...badTexts('openVault', 'record', (record) => openVault([], [], record)),
];

/** See above. `api`: the operation's name, or a number that is none's. */
export const requests = badRequests.map(([api, name, input, code]) => ({
  name: `${api}: ${name}`,
  api,
  input: Buffer.from(input),
  code,
}));

// An exported profile with these members, as the text of a text.
const exported = (members, rest = '') =>
  `JSON.stringify({ format: 'baya.profile', version: 1, exported_ms: 1, last_used_ms: {}, ` +
  `events: [], ${members} })${rest}`;
const oneEvent = (members) =>
  exported(
    `events: [{ kind: 'product_viewed', source: 'page', time_ms: 1, message_id: 'm', ` +
      `items: [{ id: 'mug-1', quantity: 1 }], ${members} }]`,
  );
const oneItem = (members) => oneEvent(`items: [{ id: 'mug-1', quantity: 1, ${members} }]`);

const badProfiles = [
  ['no text', `''`],
  ['no JSON', `'{'`],
  ['NUL', `'\\0'`],
  ['a number', `'1'`],
  ['null', `'null'`],
  ['a list', `'[]'`],
  ['an empty object', `'{}'`],
  ['another format', exported(`format: 'other'`)],
  ['version 2', exported('version: 2'), 'unimplemented'],
  ['version "1"', exported(`version: '1'`), 'unimplemented'],
  ['no version', exported('version: undefined'), 'unimplemented'],
  ['over 16 MiB', `' '.repeat(16 * 1024 * 1024 + 1)`, 'resourceExhausted'],
  ['10,000 lists deep', `'['.repeat(10_000) + ']'.repeat(10_000)`],
  ['a text behind it', exported('', ` + 'x'`)],
  ['a member too many', exported('more: 1')],
  ['__proto__ as a member', exported(`['__proto__']: 1`)],
  ['no events', exported('events: undefined')],
  ['events that are no list', exported('events: {}')],
  ['an event that is null', exported('events: [null]')],
  ['an event that is a list', exported('events: [[]]')],
  ['a time that is a text', exported(`exported_ms: '1'`)],
  ['a time of 2^53', exported('exported_ms: 2 ** 53')],
  ['a time of 1.5', exported('exported_ms: 1.5')],
  ['a use of nothing', exported('last_used_ms: { nothing: 1 }')],
  ['uses that are a list', exported('last_used_ms: []')],
  ['a use below zero', exported('last_used_ms: { viewed: -1 }')],
  ['half a horizon', exported('horizon: { time_ms: 1 }')],
  ['a kind that is none', oneEvent(`kind: 'sold'`)],
  ['a kind that is a number', oneEvent('kind: 4')],
  ['a source that is none', oneEvent(`source: 'spy'`)],
  ['a time below zero', oneEvent('time_ms: -1')],
  ['a time that is null', oneEvent('time_ms: NaN')],
  ['an event at 2^53', oneEvent('time_ms: 2 ** 53')],
  ['an event at 2^53 + 2', oneEvent('time_ms: 2 ** 53 + 2')],
  ['no message id', oneEvent('message_id: undefined')],
  ['an empty message id', oneEvent(`message_id: ''`)],
  ['a message id of 256 bytes', oneEvent(`message_id: 'm'.repeat(256)`)],
  ['a message id that is a list', oneEvent('message_id: []')],
  ['no items', oneEvent('items: []')],
  ['an item without a name', oneItem(`id: ''`)],
  ['half a pair in an item', oneItem(`id: '\\ud800'`)],
  ['the other half of a pair in an item', oneItem(`id: '\\udc00'`)],
  ['an item of 256 bytes', oneItem(`id: 'x'.repeat(256)`)],
  ['a quantity of 2^32', oneItem('quantity: 2 ** 32')],
  ['a quantity of 0.5', oneItem('quantity: 0.5')],
  ['a quantity below zero', oneItem('quantity: -1')],
  ['a quantity that is true', oneItem('quantity: true')],
  ['a price of 2^53', oneItem('price_minor: 2 ** 53')],
  ['a price that is null', oneItem('price_minor: Infinity')],
  ['a gift that is false', oneItem('gift: false')],
  ['a brand that is a number', oneItem('brand: 7')],
  ['an empty category', oneItem(`category: ''`)],
  ['a total that is a text', oneEvent(`total_minor: '5'`)],
  ['traits that are none', oneEvent('traits: {}')],
  ['traits that are a list', oneEvent('traits: []')],
  ['a trait that is a number', oneEvent('traits: { age: 5 }')],
  ['half a pair in the name of a trait', oneEvent(`traits: { '\\ud800': 'a' }`)],
  ['a query that is too long', oneEvent(`query: 'q'.repeat(70_000)`)],
  ['a correction that is none', oneEvent('correction: {}')],
  ['a correction by no action', oneEvent(`correction: { action: 'guess', field: 'f' }`)],
];

const callOf = (members) =>
  `({ verb: 'track', messageId: 'm', timeMs: 1, sentMs: 1, name: 'a', properties: {}, ${members} })`;
const withText = (members) => `JSON.stringify(${callOf(members)})`;
const badCalls = [
  ['NaN', 'callText', callOf('properties: { a: NaN }')],
  ['infinity', 'callText', callOf('properties: { a: [Infinity] }')],
  ['a time that is none', 'callText', callOf('timeMs: NaN')],
  ['over 32 KiB', 'callText', callOf(`properties: { a: 'x'.repeat(33_000) }`)],
  ['40,000 members', 'callText', callOf('properties: { a: new Array(40_000).fill(1) }')],
  ['five deep', 'encodeCall', withText('properties: { a: { b: { c: { d: 1 } } } }')],
  [
    '65 members',
    'encodeCall',
    withText('properties: Object.fromEntries(Array.from({ length: 65 }, (_, i) => [i, 1]))'),
  ],
  ['a time of 2^53', 'encodeCall', withText('timeMs: 2 ** 53')],
  ['a time below zero', 'encodeCall', withText('timeMs: -1')],
  ['a time of 0.5', 'encodeCall', withText('sentMs: 0.5')],
  ['a message id that is a number', 'encodeCall', withText('messageId: 5')],
  ['a message id of 256 bytes', 'encodeCall', withText(`messageId: 'm'.repeat(256)`)],
  ['a name that is null', 'encodeCall', withText('name: null')],
  ['a name of 256 bytes', 'encodeCall', withText(`name: 'n'.repeat(256)`)],
  ['a verb that is none', 'encodeCall', withText(`verb: 'buy'`)],
];

const coded = (type) => `(bytes) => sources.decode(sources.${type}, bytes)`;
const written = (type) => `(value) => sources.encode(sources.${type}, value)`;
const of = (...values) => `Uint8Array.of(${values})`;
const badTls = [
  ['nothing where a byte is', coded('uint8'), of(), 'dataLoss'],
  ['two bytes where one is', coded('uint8'), of(1, 2), 'dataLoss'],
  ['three bytes of four', coded('uint32'), of(1, 2, 3), 'dataLoss'],
  ['a number of 2^53', coded('uint64'), of(0, 0x20, 0, 0, 0, 0, 0, 0), 'dataLoss'],
  ['a bool of 2', coded('bool'), of(2), 'dataLoss'],
  ['a length past the end', coded('opaque8'), of(5, 1), 'dataLoss'],
  ['a length of 2^32 - 1', coded('opaque32'), of(255, 255, 255, 255), 'dataLoss'],
  ['a text that is no UTF-8', coded('string8'), of(1, 0xff), 'dataLoss'],
  ['a text with a surrogate', coded('string8'), of(3, 0xed, 0xa0, 0x80), 'dataLoss'],
  ['a list cut off', coded('list(sources.uint16)'), of(0, 0, 0, 3, 0, 1, 0), 'dataLoss'],
  ['31 bytes of 32', coded('fixed(32)'), 'new Uint8Array(31)', 'dataLoss'],
  ['256 in a byte', written('uint8'), '256', i],
  ['-1 in a byte', written('uint8'), '-1', i],
  ['0.5 in a byte', written('uint8'), '0.5', i],
  ['NaN in a byte', written('uint8'), 'NaN', i],
  ['a text in a byte', written('uint8'), `'1'`, i],
  ['2^53 in 64 bits', written('uint64'), '2 ** 53', i],
  ['2^53 + 2 in 64 bits', written('uint64'), '2 ** 53 + 2', i],
  ['infinity in 64 bits', written('uint64'), 'Infinity', i],
  ['2^63 in a signed number', written('int64'), '2n ** 63n', i],
  ['a number in a signed one', written('int64'), '1', i],
  ['1 as a bool', written('bool'), '1', i],
  ['a number as a text', written('string8'), '1', i],
  ['an object as a text', written('string16'), '({})', i],
  ['256 bytes behind one', written('opaque8'), 'new Uint8Array(256)', i],
  ['65,536 bytes behind two', written('string16'), `'x'.repeat(65_536)`, i],
  ['a list as bytes', written('opaque16'), '[1, 2]', i],
  ['an ArrayBuffer as bytes', written('opaque16'), 'new ArrayBuffer(2)', i],
  ['31 bytes for 32', written('fixed(32)'), 'new Uint8Array(31)', i],
  ['undefined for 32 bytes', written('fixed(32)'), 'undefined', i],
];

/** See above. `api`: the text of a function over `sources`, the modules. */
export const decoders = [
  ...badProfiles.map(([name, input, code = i]) => [
    'sources.snapshotOf',
    'export',
    name,
    input,
    code,
  ]),
  ...badCalls.map(([name, api, input]) => [`sources.${api}`, api, name, input, i]),
  ...badTls.map(([name, api, input, code]) => [api, 'tls', name, input, code]),
].map(([api, what, name, input, code]) => ({ name: `${what}: ${name}`, api, input, code }));

// What a page may hand over by mistake, or on purpose.
