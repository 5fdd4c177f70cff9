// The verbs as Segment's Analytics.js takes them: optional arguments may be left out from the
// middle, and a function at the end is called when the call is done.
//
// Source: Segment, "Analytics.js Source", sections Identify, Track, Page, Group, Alias.

import type { Verb } from './call_record.js';

export interface CallOptions {
  /** 1 to 64 of printable ASCII, unique: a second call with it is a duplicate. */
  readonly messageId?: string;
  /** When it happened; now by default. */
  readonly timestamp?: Date | number | string;
}

/** One call of a verb, its arguments told apart. */
export interface ReadCall {
  readonly verb: Verb;
  readonly name: string;
  readonly properties: object;
  readonly options: CallOptions;
  readonly done: ((ack: unknown) => void) | undefined;
}

export type VerbName = Verb | 'alias';
export const verbNames: readonly VerbName[] = ['track', 'page', 'identify', 'group', 'alias'];

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isName = (value: unknown) => typeof value === 'string' || typeof value === 'number';

/** Nothing when a name is missing that the verb cannot do without, or is no text. */
export function readCall(verb: VerbName, args: readonly unknown[]): ReadCall | undefined {
  const rest = [...args];
  const last = rest.findIndex((value) => typeof value === 'function');
  const done = last < 0 ? undefined : (rest.splice(last)[0] as ReadCall['done']);
  const names: string[] = [];
  while (names.length < mostNames(verb) && isName(rest[0])) names.push(String(rest.shift()));
  // A name that was left out as null or undefined.
  if (names.length === 0 && !isObject(rest[0]) && rest.length > 0) {
    if (rest.shift() != null) return undefined;
  }
  const [properties, options] = rest;
  const name = names[verb === 'page' ? names.length - 1 : 0] ?? '';
  if (name === '' && verb !== 'page' && (verb !== 'identify' || !isObject(properties))) {
    return undefined;
  }
  return {
    verb: verb === 'alias' ? 'identify' : verb,
    name,
    properties: propertiesOf(verb, names, properties),
    options: (isObject(verb === 'alias' ? properties : options)
      ? (verb === 'alias' ? properties : options)
      : {}) as CallOptions,
    done,
  };
}

// page(category, name); alias(userId, previousId). What an identity was called before matters to
// servers that keep a profile for each; here there is one profile, and it has both.
const mostNames = (verb: VerbName) => (verb === 'page' || verb === 'alias' ? 2 : 1);

function propertiesOf(verb: VerbName, names: readonly string[], given: unknown): object {
  if (verb === 'alias') return {};
  const properties = isObject(given) ? given : {};
  return verb === 'page' && names.length === 2 ? { category: names[0], ...properties } : properties;
}

/** Milliseconds since 1970, or `now` when nothing was given; NaN when it is no time. */
export function timeOf({ timestamp }: CallOptions, now: number): number {
  if (timestamp === undefined || timestamp === null) return now;
  return Math.floor(new Date(timestamp).getTime());
}

/** 128 random bits as a UUID (RFC 9562 §5.4), where the page has no randomUUID as well. */
export function newMessageId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
