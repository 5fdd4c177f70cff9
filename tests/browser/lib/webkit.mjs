// WebKitGTK: MiniBrowser under Xvfb, driven through WebKit's remote inspector over HTTP.
//
// Not through WebKitWebDriver: MiniBrowser's automation mode always uses an ephemeral session
// (nothing reaches the disk), and that protocol has no console messages. Without --automation
// MiniBrowser keeps a persistent store under XDG_DATA_HOME and XDG_CACHE_HOME.
import { chmod, mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';

import { requireProgram } from './installed.mjs';
import { sleep } from './processes.mjs';
import { Inspector, PageMoved } from './webkit_inspector.mjs';
import { startXvfb } from './xvfb.mjs';

const PATHS = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].flatMap((machine) =>
  ['4.1', '4.0', '6.0'].map((api) => `/usr/lib/${machine}/webkit2gtk-${api}/MiniBrowser`),
);

// navigator.storage and the origin private file system, which WebKitGTK 2.50 has but leaves off.
export const OPFS_FEATURES = [
  '+FileSystem',
  '+AccessHandle',
  '+FileSystemWritableStream',
  '+StorageAPI',
  '+StorageAPIEstimate',
];

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function homeUnder(profileDir, display) {
  const folder = (name) => join(profileDir, name);
  for (const name of ['home', 'data', 'cache', 'config', 'state', 'run']) {
    await mkdir(folder(name), { recursive: true });
  }
  await chmod(folder('run'), 0o700);
  return {
    HOME: folder('home'),
    XDG_DATA_HOME: folder('data'),
    XDG_CACHE_HOME: folder('cache'),
    XDG_CONFIG_HOME: folder('config'),
    XDG_STATE_HOME: folder('state'),
    XDG_RUNTIME_DIR: folder('run'),
    DISPLAY: display,
    GDK_BACKEND: 'x11',
    DBUS_SESSION_BUS_ADDRESS: 'disabled:', // else a daemon could be started that outlives us
    NO_AT_BRIDGE: '1',
    GSETTINGS_BACKEND: 'memory',
  };
}

// Paths of the pages that can be inspected, in the order in which they were opened.
async function inspectablePages(base) {
  try {
    const list = await (await fetch(`http://${base}/`)).text();
    return [...new Set(list.match(/\/socket\/\d+\/\d+\/WebPage/g) ?? [])];
  } catch {
    return []; // not listening yet
  }
}

async function waitForPage(base, known, browser, session) {
  for (;;) {
    const path = (await inspectablePages(base)).find((candidate) => !known.has(candidate));
    if (path) return path;
    if (browser.exitCode !== null) throw new Error('MiniBrowser ended');
    if (session.log.includes('Failed to start remote inspector'))
      throw new Error('inspector port taken');
    await sleep(20);
  }
}

function consoleText({ text, parameters }) {
  if (!parameters?.length) return text;
  return parameters
    .map((p) => (p.type === 'string' ? p.value : String(p.value ?? p.description)))
    .join(' ');
}

async function toPage(base, path, colorScheme) {
  const messages = [];
  const value = colorScheme === 'dark' ? 'Dark' : 'Light';
  const setUp = [
    ['Page.enable'],
    ['Runtime.enable'],
    ['Page.overrideUserPreference', { name: 'PrefersColorScheme', value }],
    ['Console.enable'],
  ];
  const inspector = new Inspector(`ws://${base}${path}`, setUp, (method, params) => {
    if (method !== 'Console.messageAdded') return;
    const { message } = params;
    const thrown = message.source === 'javascript' && message.level === 'error';
    messages.push({ type: thrown ? 'pageerror' : message.level, text: consoleText(message) });
  });
  await inspector.ready();
  return { messages, ...pageCalls(inspector), abandon: () => inspector.close() };
}

function pageCalls(inspector) {
  const run = async (expression) => {
    const started = await inspector.send('Runtime.evaluate', { expression });
    if (started.wasThrown) throw new Error(started.result.description);
    const promiseObjectId = started.result.objectId;
    if (!promiseObjectId) return started.result.value;
    const answer = await inspector.send('Runtime.awaitPromise', {
      promiseObjectId,
      returnByValue: true,
    });
    if (answer.wasThrown) throw new Error(answer.result.description);
    return answer.result.value;
  };
  // The document that is left carries a mark; the one that comes does not. Calls fail while the
  // page changes its process, which only means: ask again.
  const leave = async (method, params, timeout) => {
    const end = Date.now() + timeout;
    await run('void (globalThis.leavingThisDocument = true)');
    await inspector.send(method, params).catch((error) => {
      if (!(error instanceof PageMoved)) throw error;
    });
    const arrived = '!globalThis.leavingThisDocument && document.readyState === "complete"';
    while (!(await run(arrived).catch(() => false))) {
      if (Date.now() > end) return;
      await sleep(20);
    }
  };
  return {
    run,
    goto: (url, timeout) => leave('Page.navigate', { url }, timeout),
    reload: (timeout) => leave('Page.reload', {}, timeout),
    async screenshot() {
      const [width, height] = JSON.parse(await run('JSON.stringify([innerWidth, innerHeight])'));
      const area = { x: 0, y: 0, width, height, coordinateSystem: 'Viewport' };
      const { dataURL } = await inspector.send('Page.snapshotRect', area);
      return Buffer.from(dataURL.slice(dataURL.indexOf(',') + 1), 'base64');
    },
    async close() {
      await inspector.send('Runtime.evaluate', { expression: 'window.close()' }).catch(() => {});
      inspector.close();
    },
  };
}

// A blank window that the tests never see opens the tabs: window.open from a script is the only
// way to ask for a window of a given inner size, and a tab under test may hang or be closed.
class Tabs {
  #known = new Set();
  #pages = [];
  #keeper;

  constructor(base, { viewport, colorScheme }, nextPath) {
    this.base = base;
    this.size = `width=${viewport.width},height=${viewport.height}`;
    this.colorScheme = colorScheme;
    this.nextPath = nextPath;
  }

  async #adopt() {
    const path = await this.nextPath(this.#known);
    this.#known.add(path);
    const page = await toPage(this.base, path, this.colorScheme);
    this.#pages.push(page);
    return page;
  }

  async open() {
    this.#keeper ??= await this.#adopt();
    // With "noopener" in place of the null, the new page may change its process a moment later.
    await this.#keeper.run(`void (open("about:blank", "_blank", "${this.size}").opener = null)`);
    return this.#adopt();
  }

  // The last window closed ends MiniBrowser; the keeper is the first in the list.
  async closeAll() {
    for (const page of this.#pages.toReversed()) await page.close();
  }

  abandon() {
    for (const page of this.#pages) page.abandon();
  }
}

export async function openWebKit(session, options) {
  const file = requireProgram("WebKitGTK's MiniBrowser", PATHS);
  const screen = { width: options.viewport.width + 100, height: options.viewport.height + 200 };
  const xvfb = await startXvfb(session, screen);
  const base = `127.0.0.1:${await freePort()}`;
  const env = await homeUnder(options.profileDir, xvfb.display);
  env.WEBKIT_INSPECTOR_HTTP_SERVER = base;
  const features = options.webkitFeatures;
  const browser = session.spawn(
    file,
    [
      '--javascript-can-open-windows-automatically=true',
      `--cookies-file=${join(options.profileDir, 'cookies.sqlite')}`,
      ...(features.length > 0 ? [`--features=${features.join(',')}`] : []),
      'about:blank',
    ],
    { env },
  );
  const tabs = new Tabs(base, options, (known) => waitForPage(base, known, browser, session));
  const firstPage = await tabs.open();
  const ended = () => browser.exitCode !== null || browser.signalCode !== null;
  return {
    version: await versionOf(session, file, env),
    firstPage,
    newPage: () => tabs.open(),
    async close() {
      await Promise.race([
        tabs.closeAll(),
        new Promise((resolve) => browser.once('exit', resolve)),
      ]);
      for (let tries = 0; tries < 250 && !ended(); tries++) await sleep(20);
      tabs.abandon();
      xvfb.stop();
    },
    abandon: () => tabs.abandon(),
  };
}

async function versionOf(session, file, env) {
  const child = session.spawn(file, ['--version'], { env });
  let text = '';
  child.stdout.on('data', (data) => {
    text += data;
  });
  await new Promise((resolve) => child.once('close', resolve));
  return text.trim();
}
