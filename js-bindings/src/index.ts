// What a page imports. Importing it does nothing, and it may be imported where there is no browser.

export type {
  Ack,
  Baya,
  CallOptions,
  Config,
  ConsentReply,
  ConsentState,
  DegradedCode,
  EventName,
  Listener,
  Purpose,
  Reason,
  Recommendation,
  RecommendRequest,
} from './api.js';
export { Client } from './calling_client.js';
export type { ClientListener, ClientOptions } from './client.js';
export type { OperationName, Operations, ReplyOf, RequestOf } from './generated/ops.js';
export { load } from './load.js';
export type { Isolation, News, Notice, Opening } from './messages.js';
export { BayaError, type ErrorCode, statusCodes } from './status.js';
