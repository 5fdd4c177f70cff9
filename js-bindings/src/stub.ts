// dist/stub.js: takes calls until baya.js has loaded, which then makes them in their order. Small
// enough to stand first in a page; stores and fetches nothing.

import { inert } from './inert.js';

interface Queued extends Array<unknown> {
  /** Hears what the call gives. */
  settle?: (value: unknown) => void;
  cancelled?: boolean;
}

type Queue = Queued[] & Record<string, unknown>;

const page = globalThis as { baya?: Queue };

function install(): void {
  const queue = (page.baya ?? []) as Queue;
  if (!Array.isArray(queue) || 'track' in queue) return; // baya.js, or a stub, was here before
  page.baya = queue;
  let blocked = false;
  const fallback = (name: string) => (inert as unknown as Record<string, () => unknown>)[name]?.();
  for (const name of Object.keys(inert)) {
    if (name === 'on') continue;
    queue[name] = (...args: unknown[]) =>
      new Promise((settle) => {
        if (blocked) settle(fallback(name));
        else queue.push(Object.assign([name, ...args], { settle }));
      });
  }
  queue.on = (...args: unknown[]) => {
    const queued: Queued = ['on', ...args];
    queue.push(queued);
    return () => {
      queued.cancelled = true;
    };
  };
  // The tag was blocked or is missing: nobody waits for it for ever.
  globalThis.addEventListener(
    'error',
    (event) => {
      const script = event.target as Partial<HTMLScriptElement> | null;
      if (script?.dataset?.pack === undefined || script.tagName !== 'SCRIPT') return;
      blocked = true;
      for (const { settle, 0: name } of queue.splice(0)) settle?.(fallback(String(name)));
    },
    true,
  );
}

try {
  if (typeof document !== 'undefined') install();
} catch {
  // A page that has another `baya`, or none that can be written, works as it did.
}
