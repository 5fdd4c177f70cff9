// Google Consent Mode, as it stands in window.dataLayer: the commands already pushed, then those
// to come.
//
// Source: Google tag platform, "Set up consent mode on websites": gtag('consent', 'default' or
// 'update', {key: value, ...}); gtag pushes its `arguments`.

export interface ConsentModeCommand {
  readonly command: 'default' | 'update';
  readonly values: Readonly<Record<string, string>>;
}

// What core/consent/signal_consent_mode.h gives a meaning.
const keys = ['personalization_storage', 'analytics_storage'];

/** Nothing when it is no consent command, or says nothing of our purposes. */
export function readConsentCommand(entry: unknown): ConsentModeCommand | undefined {
  const { 0: word, 1: command, 2: given } = (entry ?? {}) as ArrayLike<unknown>;
  if (word !== 'consent' || (command !== 'default' && command !== 'update')) return undefined;
  const values: Record<string, string> = {};
  for (const name of keys) {
    const value = (given as Record<string, unknown> | undefined)?.[name];
    if (value !== undefined) values[name] = String(value);
  }
  return Object.keys(values).length > 0 ? { command, values } : undefined;
}

/** Whether a command grants or refuses the storing of a profile. */
export function storeVote({
  command,
  values,
}: ConsentModeCommand): 'granted' | 'denied' | undefined {
  const value = values.personalization_storage;
  if (command !== 'update' || value === undefined) return undefined;
  return value === 'granted' ? 'granted' : 'denied';
}

/**
 * Calls `hear` for each command, the older ones before it returns. The data layer keeps working
 * as it did: what its push returns or throws is unchanged.
 */
export function watchDataLayer(hear: (command: ConsentModeCommand) => void): void {
  const page = globalThis as { dataLayer?: unknown };
  if (!Array.isArray(page.dataLayer)) {
    if (page.dataLayer !== undefined) return;
    page.dataLayer = [];
  }
  const layer = page.dataLayer as unknown[];
  const look = (entry: unknown) => {
    try {
      const command = readConsentCommand(entry);
      if (command !== undefined) hear(command);
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
