// The status codes of the core and the error that carries one.

/** The numbers of core/base/status.h, which are gRPC's. */
export const statusCodes = {
  ok: 0,
  invalidArgument: 3,
  notFound: 5,
  alreadyExists: 6,
  permissionDenied: 7,
  resourceExhausted: 8,
  failedPrecondition: 9,
  aborted: 10,
  outOfRange: 11,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
  dataLoss: 15,
} as const;

export type StatusCode = keyof typeof statusCodes;
export type ErrorCode = Exclude<StatusCode, 'ok'>;

/** The only error that this package throws or rejects with. */
export class BayaError extends Error {
  override readonly name = 'BayaError';
  /** Tells errors apart; the message is for developers and may change. */
  readonly code: ErrorCode;
  /** What another layer threw, when it was one. */
  declare readonly cause: unknown;

  constructor(code: ErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/** `internal` for a number that is no code, or is `ok`. */
export function errorCodeOf(status: number): ErrorCode {
  for (const [code, value] of Object.entries(statusCodes)) {
    if (value === status && code !== 'ok') return code as ErrorCode;
  }
  return 'internal';
}

export function asBayaError(error: unknown): BayaError {
  return error instanceof BayaError
    ? error
    : new BayaError('internal', 'an unexpected error', error);
}

/** A BayaError on its way to another thread or tab. */
export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
}

export function failureOf(error: unknown): Failure {
  const { code, message } = asBayaError(error);
  return { code, message };
}

export const errorOf = ({ code, message }: Failure) => new BayaError(code, message);
