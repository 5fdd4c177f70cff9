// What the page and its worker say to each other.

import type { OperationName, ReplyOf, RequestOf } from './generated/ops.js';
import type { ErrorCode } from './status.js';

export type ToWorker =
  | { readonly type: 'start'; readonly wasm: ArrayBuffer }
  | {
      readonly type: 'call';
      readonly id: number;
      readonly name: OperationName;
      readonly request: RequestOf<OperationName>;
    };

/** `refused`: the platform stops the worker from using the network; see isolation.ts. */
export type Isolation = 'refused' | 'not isolated';

export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
}

export type FromWorker =
  | { readonly type: 'started'; readonly isolation: Isolation }
  | { readonly type: 'failed'; readonly failure: Failure }
  | { readonly type: 'reply'; readonly id: number; readonly reply: ReplyOf<OperationName> }
  | { readonly type: 'error'; readonly id: number; readonly failure: Failure };
