// One of the files that a page is made with: the engine, the site pack.

import { BayaError } from './status.js';

/** `what` names it in the error, which is `unavailable`. */
export async function fetchBytes(
  url: string | URL,
  what: string,
  options?: Pick<RequestInit, 'cache' | 'signal'>,
): Promise<Uint8Array> {
  let response: Response;
  try {
    response = await fetch(url, { ...options, credentials: 'omit' });
    if (response.ok) return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    throw new BayaError('unavailable', `${what} could not be loaded`, cause);
  }
  throw new BayaError('unavailable', `${what} could not be loaded: HTTP ${response.status}`);
}
