// The exported profile (core/docs/formats/export.md), made of what the engine answers. Members stand
// in the order of their names, so that equal profiles give equal text; portable.ts reads it back.

import type { ExportDataReply, HeldField } from './generated/ops.js';
import {
  ACTIONS,
  CARDS,
  FAMILIES,
  FORMAT,
  FORMS,
  KINDS,
  nameOf,
  ORIGINS,
  purposeNames,
  SOURCES,
  VERSION,
} from './profile_names.js';
import { BayaError } from './status.js';
import { opaque16, opaque32, Reader, string8, textOf, uint64 } from './tls.js';

/** A member's name and its value as JSON text. */
type Member = readonly [name: string, json: string];

// RFC 8259 §7: only what must be escaped is, and of the short forms only the line feed's, so that
// the text does not hang on who writes it.
const control = (escaped: string, letter: string) => {
  const code = { b: '08', f: '0c', r: '0d', t: '09' }[letter];
  return code === undefined ? escaped : `\\u00${code}`;
};
const text = (value: string) => JSON.stringify(value).replace(/\\(.)/g, control);
const array = (values: readonly string[]) => `[${values.join(',')}]`;
// Not an object of JavaScript: that would put names that are numbers first.
const object = (members: readonly Member[]) =>
  `{${members.map(([name, json]) => `${text(name)}:${json}`).join(',')}}`;
const said = (name: string, value: string): Member[] => (value === '' ? [] : [[name, text(value)]]);

// Parts of an event: core/docs/formats/event.md §2.
const TEXT_PARTS: Readonly<Record<number, string>> = {
  1: 'currency',
  4: 'order_id',
  5: 'query',
  6: 'list_id',
  7: 'category',
  8: 'name',
  9: 'subject_id',
};
const ITEM = 2;
const TOTAL = 3;
const TRAIT = 10;
const CORRECTION = 11;
const PRICED = 1;
const GIFT = 2;

const unknown = () => new BayaError('dataLoss', 'the profile is in a form that is not known here');

const rest = (reader: Reader) => textOf(reader.raw(reader.left));

function itemOf(part: Reader): string {
  const id = string8.read(part);
  const quantity = part.integer(4);
  const flags = part.integer(1);
  const price: Member[] =
    (flags & PRICED) === 0 ? [] : [['price_minor', String(uint64.read(part))]];
  const category = string8.read(part);
  const brand = string8.read(part);
  return object([
    ...said('brand', brand),
    ...said('category', category),
    ...said('exploring', rest(part)),
    ...((flags & GIFT) === 0 ? [] : [['gift', 'true'] as const]),
    ['id', text(id)],
    ...price,
    ['quantity', String(quantity)],
  ]);
}

function correctionOf(part: Reader): string {
  const action = nameOf(ACTIONS, part.integer(1));
  const field = string8.read(part);
  return object([['action', text(action)], ['field', text(field)], ...said('value', rest(part))]);
}

function partsOf(parts: Reader): Member[] {
  const members: Member[] = [];
  const items: string[] = [];
  const traits: Member[] = [];
  while (parts.left > 0) {
    const tag = parts.integer(1);
    const part = new Reader(opaque16.read(parts));
    const name = TEXT_PARTS[tag];
    if (name !== undefined) members.push([name, text(rest(part))]);
    else if (tag === ITEM) items.push(itemOf(part));
    else if (tag === TOTAL) members.push(['total_minor', String(uint64.read(part))]);
    else if (tag === TRAIT) traits.push([string8.read(part), text(rest(part))]);
    else if (tag === CORRECTION) members.push(['correction', correctionOf(part)]);
    else throw unknown();
    part.finish();
  }
  if (items.length > 0) members.push(['items', array(items)]);
  if (traits.length > 0) members.push(['traits', object(traits)]);
  return members;
}

const byName = ([a]: Member, [b]: Member) => (a < b ? -1 : 1);

function eventOf(bytes: Uint8Array): string {
  const reader = new Reader(bytes);
  if (reader.integer(1) !== 1) throw unknown();
  const members: Member[] = [
    ['kind', text(nameOf(KINDS, reader.integer(1)))],
    ['source', text(nameOf(SOURCES, reader.integer(1)))],
    ['time_ms', String(uint64.read(reader))],
    ['message_id', text(string8.read(reader))],
  ];
  members.push(...partsOf(new Reader(opaque16.read(reader))));
  reader.finish();
  return object(members.sort(byName));
}

function usageOf(list: Reader): string {
  const members: Member[] = [];
  while (list.left > 0) {
    const family = nameOf(FAMILIES, list.integer(1));
    members.push([family, String(uint64.read(list))]);
  }
  return object(members.sort(byName));
}

function profileOf(snapshot: Uint8Array): Member[] {
  const reader = new Reader(snapshot);
  if (reader.integer(1) !== 1) throw unknown();
  const timeMs = String(uint64.read(reader));
  const id = string8.read(reader);
  const usage = usageOf(new Reader(opaque16.read(reader)));
  const list = new Reader(opaque32.read(reader));
  reader.finish();
  const events: string[] = [];
  while (list.left > 0) events.push(eventOf(opaque16.read(list)));
  const members: Member[] = [
    ['events', array(events)],
    ['last_used_ms', usage],
  ];
  const horizon = object([
    ['message_id', text(id)],
    ['time_ms', timeMs],
  ]);
  return id === '' ? members : [...members, ['horizon', horizon]];
}

function fieldValue({ form, number, text: said }: HeldField): string {
  const value = nameOf(FORMS, form, 0);
  if (value === 'text') return text(said);
  if (value === 'number') return String(number);
  return object([
    ['currency', text(said)],
    ['minor', String(number)],
  ]);
}

const fieldOf = (field: HeldField) =>
  object([
    ['card', text(nameOf(CARDS, field.card, 0))],
    ['contradicted', String(field.contradicted)],
    ['expires_ms', String(field.expiresMs)],
    ['last_used_ms', String(field.lastUsedMs)],
    ['name', text(field.name)],
    ['origin', text(nameOf(ORIGINS, field.origin, 0))],
    ['purposes', array(purposeNames(field.purposes).map(text))],
    ['since_ms', String(field.sinceMs)],
    ['source', text(nameOf(SOURCES, field.source))],
    ['updated_ms', String(field.updatedMs)],
    ['value', fieldValue(field)],
  ]);

/** `dataLoss` for what this release's engine does not write. */
export function exportJson({ exportedMs, snapshot, fields }: ExportDataReply): string {
  const members: Member[] = [
    ...profileOf(snapshot),
    ['exported_ms', String(exportedMs)],
    ['fields', array(fields.map(fieldOf))],
    ['format', text(FORMAT)],
    ['version', String(VERSION)],
  ];
  return object(members.sort(byName));
}
