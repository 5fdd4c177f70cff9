// Whether this worker's own policy keeps it from the network.

import type { Isolation } from './messages.js';

async function isRefused(url: string): Promise<boolean> {
  try {
    await fetch(url, { cache: 'force-cache', credentials: 'omit' });
    return false;
  } catch {
    return true;
  }
}

/**
 * Tries what only a policy refuses, a data: URL, so that being offline does not look like being
 * isolated; then the worker's own file, the one thing of its origin that is surely harmless and,
 * having just been loaded, is there offline too. Violation events would say more, but WebKit sends
 * a worker none.
 */
export async function checkIsolation(ownUrl: string): Promise<Isolation> {
  const refused = (await isRefused('data:,')) && (await isRefused(ownUrl));
  return refused ? 'refused' : 'not isolated';
}
