// Signed site packs for tests, written from core/docs/formats/pack.md and plan.md without the
// project's own writer.

import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';

const u8 = (...values) => Buffer.from(values);
const u16 = (value) => Buffer.from([value >> 8, value & 255]);
const u32 = (value) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const u64 = (value) => Buffer.concat([u32(Math.floor(value / 2 ** 32)), u32(value % 2 ** 32)]);

function varint(value) {
  const low = value & 127;
  return value < 128 ? u8(low) : Buffer.concat([u8(low | 128), varint(value >>> 7)]);
}

// RFC 8410: an Ed25519 seed as PKCS #8.
const seed = Buffer.alloc(32, 7);
const key = createPrivateKey({
  key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]),
  format: 'der',
  type: 'pkcs8',
});

/** The signer's public key in base64url, for the tag. */
export const signer = createPublicKey(key).export({ format: 'jwk' }).x;

export const plan = {
  currency: 'EUR',
  consent: {
    version: '2026-11',
    texts: {
      store: 'Remember on this device what I look at and buy.',
      personalize: 'Sort the shelves for me, on this device.',
    },
  },
  fields: Object.fromEntries(
    ['item.id', 'item.price', 'item.category', 'query', 'page.name', 'user.id', 'trait.email'].map(
      (field) => [field, ['store', 'personalize']],
    ),
  ),
};

// Lamps and mugs by turns, as many as there are; each item is spoken for by the two before it
// of its kind. The first is the most popular.
function sections(count) {
  const numbers = Array.from({ length: count }, (_, i) => i);
  const each = (make) => numbers.map(make);
  const ids = each((i) => Buffer.from(`${i % 2 === 0 ? 'lamp' : 'mug'}-${i}`));
  const titles = each((i) => Buffer.from(`${i % 2 === 0 ? 'Lamp' : 'Mug'} number ${i}`));
  const sources = each((i) => [i - 4, i - 2].filter((source) => source >= 0));
  const gaps = sources.flatMap((list) =>
    list.map((source, place) => source - (place === 0 ? 0 : list[place - 1] + 1)),
  );
  const catalogue = [
    u32(count),
    Buffer.from('EUR'),
    ...ids.map((id) => varint(id.length)),
    ...titles.map((title) => varint(title.length)),
    ...each((i) => varint(1000 + i)),
    Buffer.alloc(count),
    ...ids,
    ...titles,
  ];
  const scale = 4096;
  const model = [
    u32(count),
    u16(0),
    ...[4096, 4096, 1024, 0].map(u16),
    u8(8),
    Buffer.alloc(count, scale & 255),
    Buffer.alloc(count, scale >> 8),
    u8(...sources.map((list) => list.length)),
    u8(...gaps.map((gap) => gap & 255)),
    ...gaps.map((gap) => varint(gap >> 8)),
    Buffer.alloc(gaps.length, 100),
  ];
  const popularity = [
    u32(count),
    u8(...each((i) => Math.max(1, 255 - 3 * i))),
    Buffer.alloc(3 * count),
  ];
  const kinds = [Buffer.from('lamps'), Buffer.from('mugs')];
  const attributes = [
    u32(count),
    u16(kinds.length),
    u8(1, 1),
    u8(100, 100),
    u8(...kinds.map((kind) => kind.length)),
    ...kinds,
    Buffer.alloc(count, 1),
    ...each((i) => varint(i % 2)),
  ];
  return [catalogue, model, popularity, attributes].map((parts) => Buffer.concat(parts));
}

/** The same with measuring. */
export const measuringPlan = {
  ...plan,
  consent: {
    ...plan.consent,
    texts: { ...plan.consent.texts, measure: 'Count me in, without telling who I am.' },
  },
  fields: {
    ...plan.fields,
    'item.id': ['store', 'personalize', 'measure'],
    'item.quantity': ['store', 'measure'],
    'list.id': ['store', 'measure'],
  },
};

const PURPOSES = { store: 1, personalize: 2, measure: 3, train: 4, sync: 5, location: 6 };

const opaque = (width, text) => {
  const bytes = Buffer.from(text);
  const length = Buffer.alloc(width);
  length.writeUIntBE(bytes.length, 0, width);
  return Buffer.concat([length, bytes]);
};

function planSection({
  currency,
  retention_days = 395,
  memory_only_session = false,
  consent,
  fields,
  measure = { budget_epsilon_micro: 2_000_000 },
}) {
  const texts = Object.entries(consent.texts).map(([purpose, text]) =>
    Buffer.concat([u16(PURPOSES[purpose]), opaque(2, text)]),
  );
  const planned = Object.entries(fields).map(([name, purposes]) =>
    Buffer.concat([
      u8(purposes.reduce((bits, purpose) => bits | (1 << PURPOSES[purpose]), 0)),
      opaque(1, name),
    ]),
  );
  return Buffer.concat([
    u8(1),
    Buffer.from(currency),
    u16(retention_days),
    u8(memory_only_session ? 1 : 0),
    opaque(1, consent.version),
    u16(consent.max_age_days ?? 0),
    opaque(4, Buffer.concat(texts)),
    opaque(4, Buffer.concat(planned)),
    u32(measure.budget_epsilon_micro),
  ]);
}

/** A pack with a catalogue of `items` lamps and mugs; with 0 it ranks nothing. */
export function sitePack({
  items = 20,
  version = 1,
  site = 'shop.example',
  plan: own = plan,
  tasks,
} = {}) {
  const bodies = [
    ...(items > 0 ? sections(items).map((body, i) => [i + 1, body]) : []),
    [5, planSection(own)],
    ...(tasks === undefined ? [] : [[6, tasks]]),
  ];
  const listed = bodies.map(([type, body]) =>
    Buffer.concat([u8(type), u32(body.length), createHash('sha256').update(body).digest()]),
  );
  const list = Buffer.concat(listed);
  const signed = Buffer.concat([
    Buffer.from('bayapack'),
    u16(1),
    u64(version),
    u64(0),
    u8(site.length),
    Buffer.from(site),
    Buffer.from(signer, 'base64url'),
    u8(0),
    u16(list.length),
    list,
  ]);
  const signature = sign(null, Buffer.concat([Buffer.from('baya site pack\0'), signed]), key);
  return Buffer.concat([signed, signature, ...bodies.map(([, body]) => body)]);
}
