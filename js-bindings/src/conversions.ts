// Between the engine's operations and what a page sees.

import type { ConsentState, Recommendation } from './api.js';
import type * as ops from './generated/ops.js';
import type { RequestOf } from './requests.js';
import { BayaError, type ErrorCode } from './status.js';

// Who uses the data, as the access log names it.
const shelf = 'shelf:page';
const maxLimit = 1000;

export function stateOf({ asked, paused, purposes }: ops.ConsentState): ConsentState {
  const entries = purposes.map(({ purpose, allowed, reason }) => [purpose, { allowed, reason }]);
  return { asked, paused, purposes: Object.fromEntries(entries) };
}

export function shelfRequest(asked: RequestOf<'recommend'>): ops.RecommendRequest {
  const limit = Math.min(Math.max(1, Math.floor(asked.limit)), maxLimit);
  const { exclude, category = '', region = '', adult = false, plain = false } = asked;
  return { caller: shelf, limit, exclude, category, region, adult, plain };
}

export function shelfOf({ items, personal }: ops.RecommendReply): Recommendation[] {
  return items.map(({ item, reasons }) => ({
    item,
    personal,
    reasons: reasons.map(({ code, because, sharePermille }) => ({
      code,
      ...(because === '' ? {} : { because }),
      share: sharePermille / 1000,
    })),
  }));
}

const keyBytes = 32;

/** The bytes of an Ed25519 public key in base64url (RFC 4648 §5), padded or not. */
export function keyOf(text: string): Uint8Array {
  try {
    const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    if (bytes.length === keyBytes) return bytes;
  } catch {
    // Said below.
  }
  throw new BayaError('invalidArgument', 'the signer is not 32 bytes in base64url');
}

/** Why an event is not held, in a word for the page. */
export function reasonOf(code: ErrorCode): string {
  switch (code) {
    case 'permissionDenied':
      return 'no_consent';
    case 'resourceExhausted':
      return 'quota';
    case 'invalidArgument':
      return 'invalid';
    default:
      return 'unavailable';
  }
}
