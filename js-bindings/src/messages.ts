// What the page and its worker say to each other.

import type { OperationName, ReplyOf, RequestOf } from './generated/ops.js';
import type { Request, Signals } from './requests.js';
import type { ErrorCode } from './status.js';

/** What a worker needs to own the vault. */
export interface Opening {
  /** All of the site pack, the same for every visitor. */
  readonly pack: Uint8Array;
  /** The Ed25519 key that signed it, base64url. */
  readonly signer: string;
  /** The site that the pack has to be for; '' for whichever it is. */
  readonly site: string;
  /** localStorage["baya"] as found. */
  readonly record: string | undefined;
  readonly signals: Signals;
  /** Measurements made for tests may be taken. */
  readonly testTasks?: boolean;
}

export type ToWorker =
  | { readonly type: 'start'; readonly wasm: ArrayBuffer }
  | {
      readonly type: 'call';
      readonly id: number;
      readonly name: OperationName;
      readonly request: RequestOf<OperationName>;
    }
  | { readonly type: 'open'; readonly id: number; readonly opening: Opening }
  | { readonly type: 'ask'; readonly id: number; readonly request: Request };

/** `refused`: the platform stops the worker from using the network; see isolation.ts. */
export type Isolation = 'refused' | 'not isolated';

export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
}

/** For the page's listeners. */
export interface Notice {
  readonly event: 'ready' | 'change' | 'degraded';
  readonly what: string;
}

export type FromWorker =
  | { readonly type: 'started'; readonly isolation: Isolation }
  | { readonly type: 'failed'; readonly failure: Failure }
  | { readonly type: 'reply'; readonly id: number; readonly reply: ReplyOf<OperationName> }
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'error'; readonly id: number; readonly failure: Failure }
  | { readonly type: 'notice'; readonly notice: Notice }
  /** Of the worker that owns the vault alone: whether reports may be made and sent. */
  | { readonly type: 'measuring'; readonly allowed: boolean }
  /** What localStorage["baya"] has to be from now on; null: it has to go. */
  | { readonly type: 'record'; readonly record: string | null };
