// The page's own script; the test calls it from outside.

const workers = new Map();

globalThis.startWorker = (url) => {
  const worker = new Worker(url);
  worker.addEventListener('error', (event) => {
    worker.failed = event.message || 'could not be loaded';
  });
  workers.set(url, worker);
};

globalThis.askProbe = (url, message) => {
  const { port1, port2 } = new MessageChannel();
  workers.get(url).postMessage(message, [port2]);
  return new Promise((resolve, reject) => {
    port1.onmessage = ({ data }) =>
      data.error ? reject(new Error(data.error)) : resolve(data.value);
  });
};

globalThis.workerFailure = (url) => workers.get(url).failed ?? null;

// The shortest module there is: magic and version.
globalThis.pageMayCompile = () =>
  WebAssembly.compile(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])).then(
    () => true,
    () => false,
  );
