// Google Consent Mode, as it stands in window.dataLayer: the commands already pushed, then those
// to come.
//
// Source: Google tag platform, "Set up consent mode on websites": gtag('consent', 'default' or
// 'update', {key: value, ...}); gtag pushes its `arguments`.

import type { ConsentModeSetting } from './generated/ops.js';

// What core/consent/signal_consent_mode.h gives a meaning.
const storage = 'personalization_storage';
const keys = [storage, 'analytics_storage'];

/** What one command says of our purposes; nothing when it is no consent command. */
export function readConsentCommand(entry: unknown): ConsentModeSetting[] {
  const { 0: word, 1: command, 2: given } = (entry ?? {}) as ArrayLike<unknown>;
  const update = command === 'update';
  if (word !== 'consent' || (command !== 'default' && !update)) return [];
  return keys.flatMap((key) => {
    const value = (given as Record<string, unknown> | undefined)?.[key];
    return value === undefined ? [] : [{ update, key, granted: String(value) === 'granted' }];
  });
}

/** Whether a command grants or refuses the storing of a profile; undefined: neither. */
export const storeVote = (settings: readonly ConsentModeSetting[]): boolean | undefined =>
  settings.find(({ update, key }) => update && key === storage)?.granted;

/**
 * Calls `hear` for each command, the older ones before it returns. The data layer keeps working
 * as it did: what its push returns or throws is unchanged.
 */
export function watchDataLayer(hear: (settings: readonly ConsentModeSetting[]) => void): void {
  const page = globalThis as { dataLayer?: unknown };
  if (!Array.isArray(page.dataLayer)) {
    if (page.dataLayer !== undefined) return;
    page.dataLayer = [];
  }
  const layer = page.dataLayer as unknown[];
  const look = (entry: unknown) => {
    try {
      const settings = readConsentCommand(entry);
      if (settings.length > 0) hear(settings);
    } catch {
      // An entry that cannot be read says nothing.
    }
  };
  for (const entry of [...layer]) look(entry);
  const push = layer.push;
  layer.push = function (this: unknown[], ...entries: unknown[]) {
    for (const entry of entries) look(entry);
    return push.apply(this, entries);
  };
}
