// The events that every store keeps, and how a store answers the page. Each store has
//
//   fill(texts)   keeps them, however it does that best
//   start()       what its library needs before it can open anything
//   open()        opens what is stored and decrypts every event; how many there are
//   bytes         of what open() read, where the store is one of a few blobs
//   commit(text)  resolves when one more event is durable
//   close()       of what open() opened

const actions = ['Product Viewed', 'Product Added', 'Product Removed', 'Product Clicked'];

/** An event of the shop as JSON, 190 bytes in each. */
export function eventText(number) {
  const event = {
    messageId: number.toString(16).padStart(32, '0'),
    event: actions[number % actions.length],
    timestamp: new Date(1.79e12 + number * 60_000).toISOString(),
    properties: { product_id: `lamp-${(number * 797) % 10_000}`, price: (number % 300) / 4 },
  };
  const text = JSON.stringify(event);
  return `${text.slice(0, -1)},"p":"${'x'.repeat(190 - text.length - 7)}"}`;
}

const encoder = new TextEncoder();

export const eventBytes = (number) => encoder.encode(eventText(number));

async function timed(work) {
  const start = performance.now();
  const value = await work();
  return { ms: performance.now() - start, value };
}

const { port1, port2 } = new MessageChannel();

/** Resolves in a task of its own, as each thing comes that a page asks; no timer is behind it. */
export const nextTask = () =>
  new Promise((resolve) => {
    port1.onmessage = resolve;
    port2.postMessage(0);
  });

/** Answers what vault.mjs asks of the worker. */
export function serve(store) {
  const commands = {
    async fill({ from, count }) {
      await store.fill(Array.from({ length: count }, (_, i) => from + i));
    },
    async open() {
      const start = await timed(() => store.start());
      const open = await timed(() => store.open());
      return { startMs: start.ms, openMs: open.ms, events: open.value, bytes: store.bytes };
    },
    async commit({ from, count }) {
      const times = [];
      for (let i = 0; i < count; i++) {
        await nextTask();
        times.push((await timed(() => store.commit(from + i))).ms);
      }
      return times;
    },
    close: () => store.close(),
  };
  globalThis.onmessage = async ({ data: { id, name, request } }) => {
    try {
      postMessage({ id, value: (await commands[name](request)) ?? null });
    } catch (error) {
      postMessage({ id, error: String(error?.stack ?? error) });
    }
  };
}
