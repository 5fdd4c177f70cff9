// What a page imports.

export { Client, type ClientOptions } from './client.js';
export type { OperationName, Operations, ReplyOf, RequestOf } from './generated/ops.js';
export type { Isolation } from './messages.js';
export { BayaError, type ErrorCode, statusCodes } from './status.js';
