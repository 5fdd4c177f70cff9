// The bytes in which one call of the page's API reaches the engine: core/profile/call.h.

import { BayaError } from './status.js';
import { Writer } from './tls.js';

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

/** `invalidArgument` for what the engine would refuse as malformed. */
export function encodeCall(call: Call): Uint8Array {
  const writer = new Writer();
  writer.uint8(version);
  writer.uint8(verbs[call.verb]);
  writer.uint8(sourcePage);
  writer.string8(call.messageId);
  writer.uint64(call.timeMs);
  writer.uint64(call.sentMs);
  writer.string8(call.name);
  writeObject(writer, call.properties as Members, 1);
  const bytes = writer.finish();
  if (bytes.length > maxBytes) throw invalid('a call has more than 32 KiB');
  return bytes;
}

type Members = Readonly<Record<string, unknown>>;

// What JSON.stringify leaves out of an object and makes null in an array.
const isNothing = (value: unknown) =>
  value === undefined || typeof value === 'function' || typeof value === 'symbol';

function writeValue(writer: Writer, value: unknown, depth: number): void {
  if (depth > maxDepth) throw invalid('a call is more than 4 values deep');
  if (value === null || isNothing(value)) {
    writer.uint8(type.null);
  } else if (typeof value === 'object') {
    writeCompound(writer, value, depth);
  } else {
    writeScalar(writer, value);
  }
}

function writeScalar(writer: Writer, value: unknown): void {
  switch (typeof value) {
    case 'boolean':
      writer.uint8(value ? type.true : type.false);
      break;
    case 'number':
      if (!Number.isFinite(value)) throw invalid('a number is not finite');
      writer.uint8(type.number);
      writer.float64(value);
      break;
    case 'string':
      writer.uint8(type.text);
      writer.string16(value);
      break;
    default:
      throw invalid('a value that JSON does not have');
  }
}

function writeCompound(writer: Writer, value: object, depth: number): void {
  if (value instanceof Date) {
    writeScalar(writer, value.toISOString());
  } else if (Array.isArray(value)) {
    writer.uint8(type.array);
    writer.vector16(() => {
      for (const element of value) writeValue(writer, element, depth + 1);
    });
  } else {
    writeObject(writer, value as Members, depth);
  }
}

function writeObject(writer: Writer, object: Members, depth: number): void {
  const members = Object.entries(object).filter(([, value]) => !isNothing(value));
  if (members.length > maxMembers) throw invalid('an object has more than 64 members');
  writer.uint8(type.object);
  writer.vector16(() => {
    for (const [name, value] of members) {
      writer.string8(name);
      writeValue(writer, value, depth + 1);
    }
  });
}
