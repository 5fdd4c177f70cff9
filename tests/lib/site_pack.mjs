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

// Lamps and mugs by turns, as many as there are; each item is spoken for by the `neighbours` before
// it of its kind. The first is the most popular.
function lampsAndMugs(count, neighbours) {
  return Array.from({ length: count }, (_, i) => ({
    id: `${i % 2 === 0 ? 'lamp' : 'mug'}-${i}`,
    title: `${i % 2 === 0 ? 'Lamp' : 'Mug'} number ${i}`,
    level: Math.max(1, 255 - 3 * i),
    sources: Array.from({ length: neighbours }, (_, j) => i - 2 * (neighbours - j)).filter(
      (source) => source >= 0,
    ),
    categories: [i % 2 === 0 ? 'lamps' : 'mugs'],
    tags: [],
  }));
}

// The sections 1 to 4 of a shop with these items.
function sections(items) {
  const count = items.length;
  const each = (make) => items.map(make);
  const ids = each(({ id }) => Buffer.from(id));
  const titles = each(({ title }) => Buffer.from(title));
  const sources = each(({ sources: own = [] }) => own);
  const gaps = sources.flatMap((list) =>
    list.map((source, place) => source - (place === 0 ? 0 : list[place - 1] + 1)),
  );
  const catalogue = [
    u32(count),
    Buffer.from('EUR'),
    ...ids.map((id) => varint(id.length)),
    ...titles.map((title) => varint(title.length)),
    ...each((_, i) => varint(1000 + i)),
    Buffer.alloc(count),
    ...ids,
    ...titles,
  ];
  const scales = each(({ scale = 4096 }) => scale);
  const weights = items.flatMap((item, i) => item.weights ?? sources[i].map(() => 100));
  const model = [
    u32(count),
    u16(0),
    ...[4096, 4096, 1024, 0].map(u16),
    u8(8),
    Buffer.from(scales.map((scale) => scale & 255)),
    Buffer.from(scales.map((scale) => scale >> 8)),
    Buffer.from(sources.map((list) => list.length)),
    Buffer.from(gaps.map((gap) => gap & 255)),
    ...gaps.map((gap) => varint(gap >> 8)),
    Buffer.from(weights.map((weight) => weight & 255)),
  ];
  const popularity = [u32(count), Buffer.from(each(({ level }) => level)), Buffer.alloc(3 * count)];
  const named = (kind, member) =>
    [...new Set(items.flatMap((item) => item[member]))].map((name) => ({ kind, name, member }));
  const known = [...named(1, 'categories'), ...named(3, 'tags')];
  const names = known.map(({ name }) => Buffer.from(name));
  const own = each((item) =>
    known.flatMap(({ name, member }, place) => (item[member].includes(name) ? [place] : [])),
  );
  const attributes = [
    u32(count),
    u16(known.length),
    u8(...known.map(({ kind }) => kind)),
    Buffer.alloc(known.length, 100),
    u8(...names.map((name) => name.length)),
    ...names,
    Buffer.from(own.map((list) => list.length)),
    ...own.flatMap((list) =>
      list.map((place, i) => varint(i === 0 ? place : place - list[i - 1] - 1)),
    ),
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
  promotions = [],
  exploration_permille = 0,
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
    opaque(
      4,
      Buffer.concat(
        promotions.map(({ item, place = 0, boost = 0, reason }) =>
          Buffer.concat([opaque(1, item), u8(place), u16(boost), opaque(1, reason)]),
        ),
      ),
    ),
    u16(exploration_permille),
  ]);
}

/**
 * A pack with a catalogue of `items` lamps and mugs, each spoken for by `neighbours` others; with 0
 * items it ranks nothing. Or of `products`: [{id, title, level, sources, categories, tags}], the
 * sources as ascending places; `weights` of the sources and their `scale` may be given as well. As
 * its signed front and the bodies of its sections.
 */
export function sitePackParts({
  items = 20,
  neighbours = 2,
  products = lampsAndMugs(items, neighbours),
  version = 1,
  site = 'shop.example',
  plan: own = plan,
  tasks,
} = {}) {
  const bodies = [
    ...(products.length > 0 ? sections(products).map((body, i) => [i + 1, body]) : []),
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
  const front = Buffer.concat([signed, signature]);
  return { front, bodies: bodies.map(([, body]) => body) };
}

/** The same in one file. */
export function sitePack(options) {
  const { front, bodies } = sitePackParts(options);
  return Buffer.concat([front, ...bodies]);
}
