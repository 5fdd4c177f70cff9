// The one Baya object of a page.

import type { Baya, Config } from './api.js';
import { createBaya } from './baya.js';
import { inert } from './inert.js';

// Shared by the tag and whatever else bundles this package into the same page.
const instanceKey: unique symbol = Symbol.for('baya.instance') as never;

/**
 * Fetches and stores nothing. A second call gives the same object, whatever its configuration;
 * where there is no page, one that holds and recommends nothing.
 */
export function load(config: Config): Baya {
  if (typeof document === 'undefined') return inert;
  const page = globalThis as { [instanceKey]?: Baya };
  page[instanceKey] ??= createBaya(config);
  return page[instanceKey];
}
