// The TLS presentation language (RFC 8446 §3), as core/codec/tls.h.

import { BayaError } from './status.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Appends to a growing buffer; a value that does not fit its type is `invalidArgument`. */
export class Writer {
  #buffer = new Uint8Array(256);
  #length = 0;

  uint8(value: number): void {
    this.#integer(value, 1);
  }
  uint16(value: number): void {
    this.#integer(value, 2);
  }
  uint32(value: number): void {
    this.#integer(value, 4);
  }
  /** A whole number in [0, 2^53). */
  uint64(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new BayaError('invalidArgument', 'not an integer of 53 bits');
    }
    this.uint32(Math.floor(value / 2 ** 32));
    this.uint32(value % 2 ** 32);
  }
  /** The bits of IEEE 754 binary64. */
  float64(value: number): void {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setFloat64(0, value);
    this.#append(bytes);
  }
  bool(value: boolean): void {
    if (typeof value !== 'boolean') throw new BayaError('invalidArgument', 'not a boolean');
    this.#integer(value ? 1 : 0, 1);
  }
  opaque8(bytes: Uint8Array): void {
    this.#opaque(bytes, 1);
  }
  opaque16(bytes: Uint8Array): void {
    this.#opaque(bytes, 2);
  }
  opaque32(bytes: Uint8Array): void {
    this.#opaque(bytes, 4);
  }
  string8(text: string): void {
    this.#opaque(utf8(text), 1);
  }
  string16(text: string): void {
    this.#opaque(utf8(text), 2);
  }
  string32(text: string): void {
    this.#opaque(utf8(text), 4);
  }

  /** Exactly `size` bytes. */
  raw(bytes: Uint8Array, size: number): void {
    if (!(bytes instanceof Uint8Array) || bytes.length !== size) {
      throw new BayaError('invalidArgument', `not a Uint8Array of ${size} bytes`);
    }
    this.#append(bytes);
  }

  /** Whatever `write` writes, behind its length in bytes, 16 bits. */
  vector16(write: () => void): void {
    const start = this.#length;
    this.#integer(0, 2);
    write();
    const size = this.#length - start - 2;
    if (size >= 2 ** 16) throw new BayaError('invalidArgument', 'a vector of 2^16 bytes or more');
    new DataView(this.#buffer.buffer).setUint16(start, size);
  }

  /** A vector behind its length in bytes, 32 bits. */
  vector32<T>(elements: readonly T[], write: (element: T) => void): void {
    const start = this.#length;
    this.#integer(0, 4);
    for (const element of elements) write(element);
    new DataView(this.#buffer.buffer).setUint32(start, this.#length - start - 4);
  }

  /** All that was written; the writer is empty afterwards and keeps no copy. */
  finish(): Uint8Array {
    const bytes = this.#buffer.slice(0, this.#length);
    this.#buffer.fill(0);
    this.#length = 0;
    return bytes;
  }

  #integer(value: number, width: 1 | 2 | 4): void {
    if (!Number.isInteger(value) || value < 0 || value >= 2 ** (8 * width)) {
      throw new BayaError('invalidArgument', `not an integer of ${8 * width} bits`);
    }
    const bytes = new Uint8Array(width);
    for (let i = 0; i < width; i++) bytes[i] = value / 2 ** (8 * (width - 1 - i));
    this.#append(bytes);
  }

  #opaque(bytes: Uint8Array, width: 1 | 2 | 4): void {
    if (!(bytes instanceof Uint8Array) || bytes.length >= 2 ** (8 * width)) {
      throw new BayaError('invalidArgument', `not a Uint8Array shorter than 2^${8 * width} bytes`);
    }
    this.#integer(bytes.length, width);
    this.#append(bytes);
  }

  #append(bytes: Uint8Array): void {
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
}

function utf8(text: string): Uint8Array {
  if (typeof text !== 'string') throw new BayaError('invalidArgument', 'not a string');
  return encoder.encode(text);
}

/** Reads from front to back; what is not there, or left over, is `dataLoss`. Values are copies. */
export class Reader {
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  uint8(): number {
    return this.#integer(1);
  }
  uint16(): number {
    return this.#integer(2);
  }
  uint32(): number {
    return this.#integer(4);
  }
  /** A whole number in [0, 2^53). */
  uint64(): number {
    const value = this.uint32() * 2 ** 32 + this.uint32();
    if (!Number.isSafeInteger(value)) throw new BayaError('dataLoss', 'a number is 2^53 or more');
    return value;
  }
  bool(): boolean {
    const value = this.#integer(1);
    if (value > 1) throw new BayaError('dataLoss', 'a bool is neither 0 nor 1');
    return value === 1;
  }
  opaque8(): Uint8Array {
    return this.raw(this.#integer(1));
  }
  opaque16(): Uint8Array {
    return this.raw(this.#integer(2));
  }
  opaque32(): Uint8Array {
    return this.raw(this.#integer(4));
  }
  string8(): string {
    return text(this.opaque8());
  }
  string16(): string {
    return text(this.opaque16());
  }
  string32(): string {
    return text(this.opaque32());
  }

  raw(size: number): Uint8Array {
    if (size > this.#bytes.length - this.#offset) {
      throw new BayaError('dataLoss', 'the bytes end too early');
    }
    this.#offset += size;
    return this.#bytes.slice(this.#offset - size, this.#offset);
  }

  /** A vector behind its length in bytes, 32 bits. */
  vector32<T>(read: (inner: Reader) => T): T[] {
    const inner = new Reader(this.opaque32());
    const elements: T[] = [];
    while (inner.#offset < inner.#bytes.length) elements.push(read(inner));
    return elements;
  }

  finish(): void {
    if (this.#offset !== this.#bytes.length) {
      throw new BayaError('dataLoss', 'bytes are left over after the end');
    }
  }

  #integer(width: 1 | 2 | 4): number {
    return this.raw(width).reduce((value, byte) => value * 256 + byte, 0);
  }
}

function text(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new BayaError('dataLoss', 'a text is not UTF-8', cause);
  }
}
