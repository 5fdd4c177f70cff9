// Stands in front of a worker's own script. It answers the test's messages, each {probe, ...} with
// a MessagePort for the reply, and hides them from the script behind it, which otherwise runs as it
// is: apart from the source of entropy, once the test has laid it down, nothing is replaced.
(() => {
  const WAIT_MS = 2000; // for what may fail without any event
  const LIMIT_MS = 8000; // for one attempt

  const realGetRandomValues = crypto.getRandomValues.bind(crypto);
  let laidDown = null; // bytes still to be given out, or null

  crypto.getRandomValues = (view) => {
    if (laidDown === null) return realGetRandomValues(view);
    if (view.byteLength > laidDown.length) throw new Error('more entropy asked for than laid down');
    new Uint8Array(view.buffer, view.byteOffset, view.byteLength).set(
      laidDown.subarray(0, view.byteLength),
    );
    laidDown = laidDown.subarray(view.byteLength);
    return view;
  };

  const settled = (target, good, bad) =>
    new Promise((resolve, reject) => {
      for (const name of good) target.addEventListener(name, () => resolve(name));
      for (const name of bad) target.addEventListener(name, () => reject(new Error(name)));
    });

  const later = () => new Promise((resolve) => setTimeout(() => resolve('nothing'), WAIT_MS));

  const tooLong = () => new Promise((resolve) => setTimeout(() => resolve('too long'), LIMIT_MS));

  const scriptUrl = (code) => URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
  const scriptData = (code) => `data:text/javascript,${encodeURIComponent(code)}`;
  const fetching = (url) => `fetch(${JSON.stringify(url)}).catch(() => {})`;

  const nested = (url) => {
    const seen = settled(new Worker(url), ['message'], ['error', 'messageerror']);
    return Promise.race([seen, later()]);
  };

  // Ways out that name a server: run once for the site's own and once for another one.
  const toAnyServer = {
    fetch: (url) => fetch(url, { mode: 'no-cors' }),
    XMLHttpRequest: (url) => {
      const request = new XMLHttpRequest();
      request.open('GET', url);
      request.send();
      return settled(request, ['load'], ['error']);
    },
    'XMLHttpRequest, synchronous': (url) => {
      const request = new XMLHttpRequest();
      request.open('GET', url, false);
      request.send();
    },
    WebSocket: (url) => settled(new WebSocket(url.replace('http', 'ws')), ['open'], ['error']),
    EventSource: (url) => {
      const source = new EventSource(url);
      return settled(source, ['open'], ['error']).finally(() => source.close());
    },
    importScripts: (url) => importScripts(url),
    'import()': (url) => import(url),
    'navigator.sendBeacon': (url) => navigator.sendBeacon(url, 'x'),
    'cache.add': async (url) => (await caches.open('probe')).add(url),
    FontFace: (url) => new FontFace('probe', `url(${url})`).load(),
  };

  // Another worker, whose script is on the site's own server or asks it.
  const nestedWorkers = {
    'nested Worker': (url) => nested(url),
    'nested Worker, blob:': (url) =>
      nested(scriptUrl(`${fetching(url)}.then(() => postMessage('loaded'))`)),
    'nested Worker, data:': (url) =>
      nested(scriptData(`${fetching(url)}.then(() => postMessage('loaded'))`)),
  };

  // Ways to run code, which then would ask the site's own server.
  const toOwnServer = {
    // biome-ignore lint/security/noGlobalEval: that it is refused is the test
    eval: (url) => globalThis.eval(fetching(url)),
    'new Function': (url) => new Function(fetching(url))(),
    'setTimeout with text': (url) => {
      setTimeout(fetching(url), 0);
      return new Promise((resolve) => setTimeout(() => resolve('nothing'), 100));
    },
    'importScripts, blob:': (url) => importScripts(scriptUrl(fetching(url))),
    'importScripts, data:': (url) => importScripts(scriptData(fetching(url))),
    'import(), blob:': (url) => import(scriptUrl(fetching(url))),
    'import(), data:': (url) => import(scriptData(fetching(url))),
  };

  // A way out over UDP: any packet counts, the handshake need not succeed.
  const datagrams = {
    WebTransport: (url) => {
      const transport = new WebTransport(url);
      transport.closed.catch(() => {});
      return Promise.race([transport.ready, later()]).finally(() => transport.close());
    },
  };

  const missing = () => ({
    EventSource: typeof EventSource === 'undefined',
    'navigator.sendBeacon': typeof navigator.sendBeacon === 'undefined',
    'cache.add': typeof caches === 'undefined',
    FontFace: typeof FontFace === 'undefined',
    WebTransport: typeof WebTransport === 'undefined',
  });

  async function outcome(name, attempt, url) {
    if (missing()[name]) return { absent: true };
    try {
      const value = await Promise.race([attempt(url), tooLong()]);
      return { ended: typeof value === 'string' ? value : 'done' };
    } catch (error) {
      return { refused: String(error?.name), message: String(error?.message) };
    }
  }

  // One after the other, so that a refusal stands beside what it refuses; the synchronous ones
  // would hold up the rest.
  async function runAll(attempts, base) {
    const results = {};
    for (const [name, attempt] of Object.entries(attempts)) {
      results[name] = await outcome(name, attempt, `${base}${encodeURIComponent(name)}/`);
    }
    return results;
  }

  const answers = {
    // {own, other, udp}: URL prefixes -> {own: {name: outcome}, other: {...}, udp: {...}}
    attempts: async ({ own, other, udp }) => ({
      own: await runAll({ ...toAnyServer, ...toOwnServer }, own),
      other: await runAll(toAnyServer, other),
      udp: await runAll(datagrams, udp),
    }),
    nestedNames: () => Object.keys(nestedWorkers),
    // {name, url}: one of those names, and where it would ask
    nestedAttempt: ({ name, url }) => outcome(name, nestedWorkers[name], url),
    // {bytes}: what getRandomValues gives from now on
    layDownEntropy: ({ bytes }) => {
      laidDown = bytes;
    },
    entropyLeft: () => laidDown?.length,
  };

  addEventListener('message', async (event) => {
    const answer = answers[event.data?.probe];
    if (!answer) return;
    event.stopImmediatePropagation();
    const [port] = event.ports;
    try {
      port.postMessage({ value: await answer(event.data) });
    } catch (error) {
      port.postMessage({ error: String(error?.stack ?? error) });
    }
  });
})();
