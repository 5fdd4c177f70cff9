// Calls made before baya.js had loaded: an array of [name, ...arguments], as stub.js and the
// array stubs of other tags leave them.

import type { Baya } from './api.js';

interface Queued extends ArrayLike<unknown> {
  readonly settle?: (value: unknown) => void;
  cancelled?: boolean;
}

type Method = (...args: readonly unknown[]) => unknown;

/** Makes one call; what is none is left out. */
export function replayOne(api: Baya, queued: unknown): void {
  const call = queued as Queued | null;
  const [name, ...args] = Array.isArray(call) ? call : [];
  if (typeof name !== 'string' || call?.cancelled || !Object.keys(api).includes(name)) return;
  const value = (api as unknown as Record<string, Method>)[name]?.(...args);
  call?.settle?.(value);
}

/**
 * Makes all calls in their order. Whoever kept the array has the real methods in it from now on,
 * `push` among them.
 */
export function replay(api: Baya, queue: unknown[]): void {
  const waiting = queue.splice(0);
  Object.assign(queue, api, {
    push(...calls: unknown[]) {
      for (const call of calls) replayOne(api, call);
      return 0;
    },
  });
  for (const call of waiting) {
    if ((call as Queued)?.[0] === 'on') replayListener(api, call as Queued);
    else replayOne(api, call);
  }
}

// One that stops listening later does so with the function it was given by the stub.
function replayListener(api: Baya, call: Queued): void {
  if (call.cancelled) return;
  const { 1: event, 2: listener } = call as ArrayLike<never>;
  const stop = api.on(event as never, listener as never);
  Object.defineProperty(call, 'cancelled', { set: () => stop(), configurable: true });
}
