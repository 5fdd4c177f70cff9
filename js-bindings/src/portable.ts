// The exported profile (core/docs/formats/export.md) as the snapshot that the engine takes in
// (core/docs/formats/event.md). Here and not in the engine, because only a My data page imports.

import { ACTIONS, FAMILIES, FORMAT, KINDS, SOURCES, VERSION } from './profile_names.js';
import { BayaError } from './status.js';
import { opaque8, uint32, uint64, Writer } from './tls.js';

// A profile at its limits with the names that JSON adds: four times as much.
const MAX_LENGTH = 16 * 1024 * 1024;
const encoder = new TextEncoder();

// Without what JSON.parse threw: that quotes the text.
function malformed(): BayaError {
  return new BayaError('invalidArgument', 'this is not an exported profile');
}

type Members = Record<string, unknown>;

/** An object with these members and no others; a name with '?' may be missing. */
function object(value: unknown, names: string): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed();
  const wanted = names.split(' ');
  const found = Object.keys(value).length;
  const there = wanted.filter((name) => Object.keys(value).includes(name.replace('?', '')));
  const missing = wanted.some((name) => !name.endsWith('?') && !there.includes(name));
  if (missing || there.length !== found) throw malformed();
  return value as Members;
}

function list(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw malformed();
  return value;
}

/** Not empty: what is not said is not there. */
function text(value: unknown): string {
  if (typeof value !== 'string' || value === '') throw malformed();
  return value;
}

function numberOf(names: readonly string[], value: unknown): number {
  const index = names.indexOf(text(value));
  if (index < 0) throw malformed();
  return index + 1;
}

// Lone surrogates are no text: they would be stored as something else.
function bytesOf(value: string): Uint8Array {
  if (/\p{Surrogate}/u.test(value)) throw malformed();
  return encoder.encode(value);
}

/** A text that ends what it is in. */
function rest(writer: Writer, value: string): void {
  writer.raw(bytesOf(value));
}

function writeItem(writer: Writer, value: unknown): void {
  const item = object(value, 'id quantity price_minor? category? brand? gift? exploring?');
  opaque8.write(writer, bytesOf(text(item.id)));
  uint32.write(writer, item.quantity as number);
  if (item.gift !== undefined && item.gift !== true) throw malformed();
  const priced = item.price_minor !== undefined;
  const exploring = item.exploring !== undefined;
  writer.integer((priced ? 1 : 0) | (item.gift ? 2 : 0) | (exploring ? 4 : 0), 1);
  if (priced) uint64.write(writer, item.price_minor as number);
  for (const said of [item.category, item.brand]) {
    opaque8.write(writer, said === undefined ? new Uint8Array() : bytesOf(text(said)));
  }
  if (exploring) rest(writer, text(item.exploring));
}

function writeCorrection(writer: Writer, value: unknown): void {
  const correction = object(value, 'action field value?');
  writer.integer(numberOf(ACTIONS, correction.action), 1);
  opaque8.write(writer, bytesOf(text(correction.field)));
  if (correction.value !== undefined) rest(writer, text(correction.value));
}

const compare = (a: Uint8Array, b: Uint8Array): number => {
  const at = a.findIndex((byte, i) => byte !== b[i]);
  return at < 0 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? -1);
};

function namedTraits(value: unknown): { name: Uint8Array; value: string }[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed();
  const traits = Object.entries(value).map(([name, said]) => ({
    name: bytesOf(name),
    value: text(said),
  }));
  if (traits.length === 0) throw malformed();
  return traits.sort((a, b) => compare(a.name, b.name));
}

function writeParts(writer: Writer, event: Members): void {
  const part = (tag: number, write: () => void) => {
    writer.integer(tag, 1);
    writer.vector(2, write);
  };
  const textPart = (tag: number, value: unknown) => {
    if (value !== undefined) part(tag, () => rest(writer, text(value)));
  };
  textPart(1, event.currency);
  if (event.items !== undefined) {
    const items = list(event.items);
    if (items.length === 0) throw malformed();
    for (const item of items) part(2, () => writeItem(writer, item));
  }
  if (event.total_minor !== undefined)
    part(3, () => uint64.write(writer, event.total_minor as number));
  textPart(4, event.order_id);
  textPart(5, event.query);
  textPart(6, event.list_id);
  textPart(7, event.category);
  textPart(8, event.name);
  textPart(9, event.subject_id);
  for (const trait of event.traits === undefined ? [] : namedTraits(event.traits)) {
    part(10, () => {
      opaque8.write(writer, trait.name);
      rest(writer, trait.value);
    });
  }
  if (event.correction !== undefined) part(11, () => writeCorrection(writer, event.correction));
}

function writeEvent(writer: Writer, value: unknown): void {
  const event = object(
    value,
    'kind source time_ms message_id currency? items? total_minor? order_id? query? list_id? ' +
      'category? name? subject_id? traits? correction?',
  );
  writer.vector(2, () => {
    writer.integer(1, 1);
    writer.integer(numberOf(KINDS, event.kind), 1);
    writer.integer(numberOf(SOURCES, event.source), 1);
    uint64.write(writer, event.time_ms as number);
    opaque8.write(writer, bytesOf(text(event.message_id)));
    writer.vector(2, () => writeParts(writer, event));
  });
}

function writeUsage(writer: Writer, value: unknown): void {
  const used = object(value, FAMILIES.map((family) => `${family}?`).join(' '));
  writer.vector(2, () => {
    FAMILIES.forEach((family, i) => {
      if (used[family] === undefined) return;
      writer.integer(i + 1, 1);
      uint64.write(writer, used[family] as number);
    });
  });
}

function write(document: Members): Uint8Array {
  const writer = new Writer();
  writer.integer(VERSION, 1);
  const horizon =
    document.horizon === undefined ? undefined : object(document.horizon, 'time_ms message_id');
  uint64.write(writer, horizon === undefined ? 0 : (horizon.time_ms as number));
  opaque8.write(
    writer,
    horizon === undefined ? new Uint8Array() : bytesOf(text(horizon.message_id)),
  );
  writeUsage(writer, document.last_used_ms);
  writer.vector(4, () => {
    for (const event of list(document.events)) writeEvent(writer, event);
  });
  return writer.finish();
}

/** Whether the values make sense is for the engine to say. */
export function snapshotOf(json: string): Uint8Array {
  if (json.length > MAX_LENGTH) {
    throw new BayaError('resourceExhausted', 'an exported profile is too long');
  }
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw malformed();
  }
  const isProfile = typeof value === 'object' && value !== null;
  if (!isProfile || (value as Members).format !== FORMAT) throw malformed();
  if ((value as Members).version !== VERSION) {
    throw new BayaError('unimplemented', 'the exported profile has an unknown version');
  }
  const members = 'format version exported_ms last_used_ms events fields? horizon?';
  const document = object(value, members);
  if (!Number.isSafeInteger(document.exported_ms)) throw malformed();
  return write(document);
}
