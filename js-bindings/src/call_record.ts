// One call of the page's API on its way to the engine. The page takes it down as JSON text, because
// it may change its objects afterwards; the worker writes the record of core/profile/call.h.

import { BayaError } from './status.js';
import { string8, string16, uint64, Writer } from './tls.js';

export const verbs = { track: 1, page: 2, identify: 3, group: 4 } as const;
export type Verb = keyof typeof verbs;

export interface Call {
  readonly verb: Verb;
  readonly messageId: string;
  /** When it was made, in milliseconds since 1970. */
  readonly timeMs: number;
  /** When it is handed over, on the same clock. */
  readonly sentMs: number;
  /** track: the event; page: its name or ''; identify: the user or ''; group: the group. */
  readonly name: string;
  /** Plain values, as JSON has them; a Date counts as its ISO 8601 text. */
  readonly properties: object;
}

const version = 1;
const sourcePage = 1;

// core/profile/limits.h
const maxBytes = 32 * 1024;
const maxDepth = 4;
const maxMembers = 64;

const type = { null: 0, false: 1, true: 2, number: 3, text: 4, array: 5, object: 6 } as const;

const invalid = (message: string) => new BayaError('invalidArgument', message);
const tooLarge = () => invalid('a call has more than 32 KiB');

/**
 * Throws at what JSON does not have: a cycle, a big integer, a number that is not finite. And at more
 * than any record holds, before all of it is gone through. An array is itself, whatever toJSON an old
 * library has given to all of them.
 */
export function callText(call: Call): string {
  let left = maxBytes; // of the record at least one for each value, and for each unit of a text
  return JSON.stringify(call, function (this: Readonly<Record<string, unknown>>, name, value) {
    left -= typeof value === 'string' ? value.length : 1;
    if (left < 0) throw tooLarge();
    if (typeof value === 'number' && !Number.isFinite(value)) throw invalid('no finite number');
    return Array.isArray(this[name]) ? this[name] : value;
  });
}

/** `invalidArgument` for what the engine would refuse as malformed. */
export function encodeCall(text: string): Uint8Array {
  const call: Call = JSON.parse(text);
  const writer = new Writer();
  for (const byte of [version, verbs[call.verb], sourcePage]) writer.integer(byte, 1);
  string8.write(writer, call.messageId);
  uint64.write(writer, call.timeMs);
  uint64.write(writer, call.sentMs);
  string8.write(writer, call.name);
  writeValue(writer, call.properties, 1);
  const bytes = writer.finish();
  if (bytes.length > maxBytes) throw tooLarge();
  return bytes;
}

function writeValue(writer: Writer, value: unknown, depth: number): void {
  const tag = (number: number) => writer.integer(number, 1);
  if (depth > maxDepth) throw invalid('a call is more than 4 values deep');
  if (value === null) {
    tag(type.null);
  } else if (typeof value === 'boolean') {
    tag(value ? type.true : type.false);
  } else if (typeof value === 'number') {
    tag(type.number);
    writer.raw(float64(value));
  } else if (typeof value === 'string') {
    tag(type.text);
    string16.write(writer, value);
  } else {
    const isArray = Array.isArray(value);
    const members = Object.entries(value as object);
    if (!isArray && members.length > maxMembers)
      throw invalid('an object has more than 64 members');
    tag(isArray ? type.array : type.object);
    writer.vector(2, () => {
      for (const [name, member] of members) {
        if (!isArray) string8.write(writer, name);
        writeValue(writer, member, depth + 1);
      }
    });
  }
}

// The bits of IEEE 754 binary64.
function float64(value: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return new Uint8Array(view.buffer);
}
