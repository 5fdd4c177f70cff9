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
}

export type VerbName = Verb | 'alias';
export const verbNames: readonly VerbName[] = ['track', 'page', 'identify', 'group', 'alias'];

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isName = (value: unknown) => typeof value === 'string' || typeof value === 'number';

const isFunction = (value: unknown): value is Callback => typeof value === 'function';

type Callback = (ack: unknown) => void;

/** What is called when the call is done. */
export const callbackOf = (args: readonly unknown[]): Callback | undefined => args.find(isFunction);

/** Nothing when a name is missing that the verb cannot do without, or is no text. */
export function readCall(verb: VerbName, args: readonly unknown[]): ReadCall | undefined {
  const end = args.findIndex(isFunction);
  const rest = end < 0 ? [...args] : args.slice(0, end);
  const names = takeNames(rest, mostNames(verb));
  if (names === undefined) return undefined;
  const name = names[verb === 'page' ? names.length - 1 : 0] ?? '';
  const given = verb === 'alias' ? undefined : rest.shift();
  if (name === '' && !mayBeNameless(verb, given)) return undefined;
  return {
    verb: verb === 'alias' ? 'identify' : verb,
    name,
    properties: propertiesOf(verb, names, given),
    options: isObject(rest[0]) ? rest[0] : {},
  };
}

const mayBeNameless = (verb: VerbName, given: unknown) =>
  verb === 'page' || (verb === 'identify' && isObject(given));

// The names in front, at most `most`; null or undefined is one left out, and anything else that is
// neither a name nor an object is a mistake.
function takeNames(rest: unknown[], most: number): string[] | undefined {
  const names: string[] = [];
  while (names.length < most && isName(rest[0])) names.push(String(rest.shift()));
  if (names.length > 0 || rest.length === 0 || isObject(rest[0])) return names;
  return rest.shift() == null ? names : undefined;
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

/** 128 random bits in at most 31 characters. */
export const newMessageId = (): string =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (word) => word.toString(36)).join('-');
