// What the page and its worker say to each other.

import type { DegradedCode } from './api.js';
import type { SignalsRequest } from './generated/ops.js';
import type { Request } from './requests.js';
import type { Failure } from './status.js';

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
  readonly signals: SignalsRequest;
  /** Measurements made for tests may be taken. */
  readonly testTasks?: boolean;
}

/** What the page asks of its worker, each with a number of its own. */
export type Task =
  /** The module's bytes; answered with Isolation. Once, and first. */
  | { readonly type: 'start'; readonly wasm: ArrayBuffer }
  /** An operation's number and its encoded request; its encoded reply. */
  | { readonly type: 'call'; readonly op: number; readonly request: Uint8Array }
  /** Takes its part in the site's vault. Once. */
  | { readonly type: 'open'; readonly opening: Opening }
  | { readonly type: 'ask'; readonly request: Request };

export type ToWorker = Task & { readonly id: number };

/** `refused`: the platform stops the worker from using the network; see isolation.ts. */
export type Isolation = 'refused' | 'not isolated';

/** For the page's listeners. */
export interface Notice {
  readonly event: 'ready' | 'change' | 'degraded';
  readonly what: string;
  /** Of `degraded` alone: which state, for programs. */
  readonly code?: DegradedCode;
}

/** What comes without having been asked for. */
export type News =
  | { readonly type: 'notice'; readonly notice: Notice }
  /** Of the worker that owns the vault alone: whether reports may be made and sent. */
  | { readonly type: 'measuring'; readonly allowed: boolean }
  /** What localStorage["baya"] has to be from now on; null: it has to go. */
  | { readonly type: 'record'; readonly record: string | null };

export type FromWorker =
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'failure'; readonly id: number; readonly failure: Failure }
  | News;
