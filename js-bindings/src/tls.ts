// The TLS presentation language (RFC 8446 §3), as core/codec/tls.h.

import { BayaError } from './status.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const invalid = (message: string) => new BayaError('invalidArgument', message);
const damaged = (message: string) => new BayaError('dataLoss', message);

const notBytes = () => invalid('not a Uint8Array');

/** What a value is written to. */
export interface Sink {
  /** A whole number of `width` bytes, below 2^53. */
  integer(value: number, width: number): void;
  /** The bytes as they are. */
  raw(bytes: Uint8Array): void;
  /** Whatever `write` writes, behind its length in bytes, which takes `width` bytes. */
  vector(width: number, write: () => void): void;
}

/** Writes nothing. */
class Measure implements Sink {
  size = 0;

  integer(_: number, width: number): void {
    this.size += width;
  }

  raw(bytes: Uint8Array): void {
    if (!(bytes instanceof Uint8Array)) throw notBytes();
    this.size += bytes.length;
  }

  vector(width: number, write: () => void): void {
    this.size += width;
    write();
  }
}

/** Appends to a growing buffer; a value that does not fit its type is `invalidArgument`. */
export class Writer implements Sink {
  #buffer: Uint8Array;
  #length = 0;

  /** Into `buffer` while what is written fits. */
  constructor(buffer: Uint8Array = new Uint8Array(256)) {
    this.#buffer = buffer;
  }

  integer(value: number, width: number): void {
    if (!Number.isSafeInteger(value) || value < 0 || value >= 2 ** (8 * width)) {
      throw invalid(`not an integer of ${Math.min(8 * width, 53)} bits`);
    }
    const bytes = new Uint8Array(width);
    for (let i = 0; i < width; i++) bytes[i] = value / 2 ** (8 * (width - 1 - i));
    this.raw(bytes);
  }

  raw(bytes: Uint8Array): void {
    if (!(bytes instanceof Uint8Array)) throw notBytes();
    const needed = this.#length + bytes.length;
    if (needed > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(needed, 2 * this.#buffer.length));
      larger.set(this.#buffer.subarray(0, this.#length));
      this.#buffer.fill(0);
      this.#buffer = larger;
    }
    this.#buffer.set(bytes, this.#length);
    this.#length = needed;
  }

  vector(width: number, write: () => void): void {
    const start = this.#length;
    this.integer(0, width);
    write();
    const end = this.#length;
    const size = end - start - width;
    if (size >= 2 ** (8 * width)) throw invalid(`2^${8 * width} bytes or more`);
    this.#length = start;
    this.integer(size, width);
    this.#length = end;
  }

  /** All that was written; the writer is empty afterwards and keeps no copy. */
  finish(): Uint8Array {
    const bytes = this.#buffer.subarray(0, this.#length);
    this.#buffer = new Uint8Array();
    this.#length = 0;
    return bytes;
  }
}

/** Reads from front to back; what is not there, or left over, is `dataLoss`. Values are copies. */
export class Reader {
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** How many bytes are not read yet. */
  get left(): number {
    return this.#bytes.length - this.#offset;
  }

  raw(size: number): Uint8Array {
    if (size > this.left) throw damaged('the bytes end too early');
    this.#offset += size;
    return this.#bytes.slice(this.#offset - size, this.#offset);
  }

  /** A whole number of `width` bytes, below 2^53. */
  integer(width: number): number {
    const value = this.raw(width).reduce((sum, byte) => sum * 256 + byte, 0);
    if (!Number.isSafeInteger(value)) throw damaged('a number is 2^53 or more');
    return value;
  }

  finish(): void {
    if (this.left > 0) throw damaged('bytes are left over after the end');
  }
}

/** How a value of one type is written and read. */
export interface Codec<T> {
  write(writer: Sink, value: T): void;
  read(reader: Reader): T;
}

export function encode<T>(codec: Codec<T>, value: T): Uint8Array {
  const writer = new Writer();
  codec.write(writer, value);
  return writer.finish();
}

export function sizeOf<T>(codec: Codec<T>, value: T): number {
  const measure = new Measure();
  codec.write(measure, value);
  return measure.size;
}

/** Fills `bytes`, which are as many as `sizeOf` has said. */
export function encodeInto<T>(codec: Codec<T>, value: T, bytes: Uint8Array): void {
  const writer = new Writer(bytes);
  codec.write(writer, value);
  const { buffer, length } = writer.finish();
  if (buffer !== bytes.buffer || length !== bytes.length) throw invalid('the value has changed');
}

/** All of `bytes` is the value. */
export function decode<T>(codec: Codec<T>, bytes: Uint8Array): T {
  const reader = new Reader(bytes);
  const value = codec.read(reader);
  reader.finish();
  return value;
}

// @__NO_SIDE_EFFECTS__
const uint = (width: number): Codec<number> => ({
  write: (writer, value) => writer.integer(value, width),
  read: (reader) => reader.integer(width),
});

// @__NO_SIDE_EFFECTS__
const opaque = (width: number): Codec<Uint8Array> => ({
  write: (writer, bytes) => writer.vector(width, () => writer.raw(bytes)),
  read: (reader) => reader.raw(reader.integer(width)),
});

// @__NO_SIDE_EFFECTS__
const string = (width: number): Codec<string> => ({
  write(writer, text) {
    if (typeof text !== 'string') throw invalid('not a string');
    writer.vector(width, () => writer.raw(encoder.encode(text)));
  },
  read: (reader) => textOf(reader.raw(reader.integer(width))),
});

export function textOf(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw damaged('a text is not UTF-8');
  }
}

export const uint8 = uint(1);
export const uint16 = uint(2);
export const uint32 = uint(4);
/** A whole number in [0, 2^53). */
export const uint64 = uint(8);

/** A whole number in [-2^63, 2^63). */
export const int64: Codec<bigint> = {
  write(writer, value) {
    if (typeof value !== 'bigint' || BigInt.asIntN(64, value) !== value) {
      throw invalid('not an integer of 64 bits');
    }
    for (const word of [value >> 32n, value]) writer.integer(Number(BigInt.asUintN(32, word)), 4);
  },
  read: (reader) =>
    (BigInt.asIntN(32, BigInt(reader.integer(4))) << 32n) + BigInt(reader.integer(4)),
};

export const bool: Codec<boolean> = {
  write(writer, value) {
    if (typeof value !== 'boolean') throw invalid('not a boolean');
    writer.integer(Number(value), 1);
  },
  read(reader) {
    const value = reader.integer(1);
    if (value > 1) throw damaged('a bool is neither 0 nor 1');
    return value === 1;
  },
};

/** Bytes behind their length. */
export const opaque8 = opaque(1);
export const opaque16 = opaque(2);
export const opaque32 = opaque(4);

/** UTF-8 behind its length in bytes. */
export const string8 = string(1);
export const string16 = string(2);
export const string32 = string(4);

/** Exactly `size` bytes. */
export const fixed = (size: number): Codec<Uint8Array> => ({
  write(writer, bytes) {
    if (bytes?.length !== size) throw invalid(`not a Uint8Array of ${size} bytes`);
    writer.raw(bytes);
  },
  read: (reader) => reader.raw(size),
});

/** Elements one after the other behind their length in bytes, 32 bits. */
export const list = <T>(element: Codec<T>): Codec<readonly T[]> => ({
  write: (writer, elements) =>
    writer.vector(4, () => {
      for (const one of elements) element.write(writer, one);
    }),
  read(reader) {
    const inner = new Reader(opaque32.read(reader));
    const elements: T[] = [];
    while (inner.left > 0) elements.push(element.read(inner));
    return elements;
  },
});

type Fields<T> = { readonly [Name in keyof T]: Codec<T[Name]> };

// Not what a page has added to every object.
const namesOf = Object.keys as <T>(fields: Fields<T>) => (keyof T)[];

/** An object's members one after the other, in the order of `fields`. */
export const struct = <T extends object>(fields: Fields<T>): Codec<T> => ({
  write(writer, value) {
    for (const name of namesOf(fields)) fields[name].write(writer, value[name]);
  },
  read(reader) {
    const value = {} as T;
    for (const name of namesOf(fields)) value[name] = fields[name].read(reader);
    return value;
  },
});

/** One of the engine's: its number in wasm/ops.json, what it is asked and what it answers. */
export interface Operation<Request, Reply> {
  readonly id: number;
  readonly request: Codec<Request>;
  readonly reply: Codec<Reply>;
}

export const operation = <Request extends object, Reply extends object>(
  id: number,
  request: Fields<Request>,
  reply: Fields<Reply>,
): Operation<Request, Reply> => ({ id, request: struct(request), reply: struct(reply) });
