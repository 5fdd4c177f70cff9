// Listeners of a page. What one of them throws reaches neither the others nor whoever called.

import type { EventName, Listener } from './api.js';

export class Listeners {
  readonly #of: Record<EventName, Set<Listener>> = {
    ready: new Set(),
    change: new Set(),
    degraded: new Set(),
  };
  #isReady = false;

  on(event: EventName, listener: Listener): () => void {
    const listeners = this.#of[event];
    if (listeners === undefined || typeof listener !== 'function') return () => {};
    listeners.add(listener);
    if (event === 'ready' && this.#isReady)
      queueMicrotask(() => shielded(listener, { what: 'open' }));
    return () => {
      listeners.delete(listener);
    };
  }

  emit(event: EventName, detail: Parameters<Listener>[0]): void {
    if (event === 'ready') this.#isReady = true;
    for (const listener of [...this.#of[event]]) shielded(listener, detail);
  }
}

/** Calls a function of the page. */
export function shielded<T>(callback: (value: T) => void, value: T): void {
  try {
    callback(value);
  } catch (error) {
    console.error(error);
  }
}
