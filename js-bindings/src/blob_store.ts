// The storage that core/vault/storage.h asks for: named blobs, changed in atomic batches.

export interface Blob {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The blob begins with one of `prefixes`, or is absent and `mayBeAbsent`. */
export interface Expectation {
  readonly name: string;
  readonly prefixes: readonly Uint8Array[];
  readonly mayBeAbsent: boolean;
}

export interface Batch {
  readonly expects: readonly Expectation[];
  readonly puts: readonly Blob[];
  readonly deletes: readonly string[];
}

/**
 * `durable`, or why not: `aborted` when an expectation did not hold, `resourceExhausted` when
 * storage is full, `unavailable` when it failed or nobody knows.
 */
export type Outcome = 'durable' | 'aborted' | 'resourceExhausted' | 'unavailable';

export interface BlobStore {
  readonly kind: 'indexeddb' | 'memory';
  /** All blobs. Rejects rather than leave one out. */
  readAll(): Promise<Blob[]>;
  /** All of the batch or nothing of it. Never rejects. */
  apply(batch: Batch): Promise<Outcome>;
  /** Deletes the store itself. Rejects when it could not. */
  destroy(): Promise<void>;
}

export function meets(expectation: Expectation, bytes: Uint8Array | undefined): boolean {
  if (bytes === undefined) return expectation.mayBeAbsent;
  return expectation.prefixes.some((prefix) => prefix.every((byte, i) => byte === bytes[i]));
}

/** Keeps nothing beyond the worker's life. */
export class MemoryStore implements BlobStore {
  readonly kind = 'memory';
  readonly #blobs = new Map<string, Uint8Array>();

  async readAll(): Promise<Blob[]> {
    return Array.from(this.#blobs, ([name, bytes]) => ({ name, bytes }));
  }

  async apply({ expects, puts, deletes }: Batch): Promise<Outcome> {
    if (!expects.every((one) => meets(one, this.#blobs.get(one.name)))) return 'aborted';
    for (const { name, bytes } of puts) this.#blobs.set(name, bytes);
    for (const name of deletes) this.#blobs.delete(name);
    return 'durable';
  }

  async destroy(): Promise<void> {
    this.#blobs.clear();
  }
}
