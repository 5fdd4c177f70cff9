// launch(): a real browser with a profile directory that the test can search afterwards.
import { writeFile } from 'node:fs/promises';

import { openChromium } from './chromium.mjs';
import { makeDirectories } from './directories.mjs';
import { fromAnswer, toExpression } from './expression.mjs';
import { openFirefox } from './firefox.mjs';
import { Session, sleep, within } from './processes.mjs';
import { openWebKit } from './webkit.mjs';

const openers = { chromium: openChromium, firefox: openFirefox, webkit: openWebKit };

export const engines = Object.keys(openers);

const LAUNCH_TIMEOUT_MS = 90_000;
const CALL_TIMEOUT_MS = 30_000;
const CLOSE_TIMEOUT_MS = 15_000;
const POLL_MS = 50;

// One tab. Every method rejects after `timeout` ms (30 s when not given).
class Tab {
  #page;
  constructor(page) {
    this.#page = page;
  }

  // Resolves after the load event.
  goto(url, timeout = CALL_TIMEOUT_MS) {
    return within(timeout, `goto ${url}`, this.#page.goto(url, timeout));
  }

  reload(timeout = CALL_TIMEOUT_MS) {
    return within(timeout, 'reload', this.#page.reload(timeout));
  }

  // The JSON value of a function or an expression, awaited. See expression.mjs.
  async evaluate(code, ...args) {
    const answer = this.#page.run(toExpression(code, args));
    return fromAnswer(await within(CALL_TIMEOUT_MS, `evaluate ${brief(code)}`, answer));
  }

  // Asks again and again until the value is truthy, and returns it. `code` as in evaluate,
  // without arguments; an exception in the page ends the wait.
  async waitFor(code, timeout = CALL_TIMEOUT_MS) {
    const deadline = `waitFor ${brief(code)}: not within ${timeout} ms`;
    const end = Date.now() + timeout;
    while (Date.now() < end) {
      const answer = this.#page.run(toExpression(code, []));
      const value = fromAnswer(await within(end - Date.now(), deadline, answer));
      if (value) return value;
      await sleep(POLL_MS);
    }
    throw new Error(deadline);
  }

  // Writes a PNG of the viewport.
  async screenshot(path) {
    await writeFile(path, await within(CALL_TIMEOUT_MS, 'screenshot', this.#page.screenshot()));
  }

  // Chromium alone: a key such as "Tab" or "Enter", pressed by the user; and text, key by key.
  press(key) {
    return within(CALL_TIMEOUT_MS, `press ${key}`, this.#page.press(key));
  }

  type(text) {
    return within(CALL_TIMEOUT_MS, 'type', this.#page.type(text));
  }

  // Chromium alone: a command of the DevTools protocol.
  command(method, parameters = {}) {
    return within(CALL_TIMEOUT_MS, method, this.#page.command(method, parameters));
  }

  // [{type, text}] since the tab was opened: console calls of the page and uncaught exceptions
  // (type "pageerror").
  consoleMessages() {
    return this.#page.messages.slice();
  }

  // [{url, bytes, timeMs}] of requests with a body since the tab was opened. Chromium alone.
  uploads() {
    return this.#page.uploads.slice();
  }

  close() {
    return within(CLOSE_TIMEOUT_MS, 'close tab', this.#page.close());
  }
}

// The browser and its first tab in one object.
class Browser extends Tab {
  #driver;
  #session;
  #directories;

  constructor(engine, driver, session, directories) {
    super(driver.firstPage);
    this.#driver = driver;
    this.#session = session;
    this.#directories = directories;
    this.engine = engine;
    this.profileDir = directories.profile;
    this.version = driver.version;
  }

  async newTab() {
    return new Tab(await within(CALL_TIMEOUT_MS, 'newTab', this.#driver.newPage()));
  }

  // Ends the browser the way its user would, as far as the engine lets us; afterwards no process
  // is left. Harmless after kill() and twice.
  async close() {
    try {
      await within(CLOSE_TIMEOUT_MS, 'close', this.#driver.close()).catch(() => {});
    } finally {
      await this.#session.waitGone(CLOSE_TIMEOUT_MS);
      await this.#directories.processesEnded();
      await this.#directories.remove();
    }
  }

  // SIGKILL of the whole process group: the browser's last word is what it has already written.
  async kill() {
    await this.#session.kill();
    await within(CLOSE_TIMEOUT_MS, 'abandon', Promise.resolve(this.#driver.abandon()));
    await this.#directories.processesEnded();
  }

  // [{pid, group, command}] of what still runs for this launch.
  processes() {
    return this.#session.processes();
  }
}

function brief(code) {
  return String(code).replaceAll(/\s+/g, ' ').slice(0, 80);
}

// A browser with one blank tab.
//
//   engine       "chromium", "firefox" or "webkit"
//   profileDir   made when missing, kept at the end; without it a temporary one, removed by close()
//   viewport     CSS pixels
//   colorScheme  "light" or "dark", what prefers-color-scheme says
//   webkitFeatures  switches for WebKitGTK alone, such as OPFS_FEATURES of webkit.mjs
//
// Call close() in `finally`. Rejects with what to install when the browser is missing.
export async function launch({
  engine,
  profileDir,
  viewport = { width: 1280, height: 800 },
  colorScheme = 'light',
  webkitFeatures = [],
}) {
  const open = openers[engine];
  if (!open) throw new Error(`no engine "${engine}": one of ${engines.join(', ')}`);
  const directories = await makeDirectories(engine, profileDir);
  const session = new Session({ TMPDIR: directories.temporary });
  try {
    const options = { profileDir: directories.profile, viewport, colorScheme, webkitFeatures };
    const opening = open(session, { ...options, timeoutMs: LAUNCH_TIMEOUT_MS });
    const driver = await within(LAUNCH_TIMEOUT_MS, `launch ${engine}`, opening);
    session.processes(); // learns the process groups while every leader is alive
    return new Browser(engine, driver, session, directories);
  } catch (error) {
    await session.kill();
    await directories.processesEnded();
    await directories.remove();
    if (session.log) error.message += `\n${session.log}`;
    throw error;
  }
}
