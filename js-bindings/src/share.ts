// The share of the device's slot: 32 random bytes per number that can truly be destroyed. Two
// numbers may be held at a time, while the vault goes from one root key to the next.
//
// Deleting a record of IndexedDB leaves its bytes on the disk; overwriting a file of the origin
// private file system in place does not, nor does deleting a database whole
// (core/docs/formats/vault.md §2).

export interface Share {
  readonly number: number;
  readonly bytes: Uint8Array;
}

export const shareBytes = 32;

export interface ShareStore {
  readonly kind: 'opfs' | 'database';
  /** Those held, ascending by number. Nothing is made. Rejects rather than leave one out. */
  read(): Promise<Share[]>;
  /** Durable when it resolves. */
  write(share: Share): Promise<void>;
  /** Destroys all others, so that they cannot be brought back. */
  keepOnly(number: number): Promise<void>;
  /** Destroys all, and the place they were in. */
  destroy(): Promise<void>;
}
