// Firefox through puppeteer-core and WebDriver BiDi.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import puppeteer from 'puppeteer-core';

import { requireProgram } from './installed.mjs';
import { sleep } from './processes.mjs';

const DARK = 0; // layout.css.prefers-color-scheme.content-override
const LIGHT = 1;

// Objects are given by their kind alone.
function argumentText(handle) {
  const { type, value } = handle.remoteValue();
  return value === undefined || typeof value === 'object' ? `[${type}]` : String(value);
}

function toPage(page) {
  const messages = [];
  page.on('console', (message) => {
    const type = message.type() === 'warn' ? 'warning' : message.type();
    messages.push({ type, text: message.args().map(argumentText).join(' ') });
  });
  page.on('pageerror', (error) => messages.push({ type: 'pageerror', text: error.message }));
  return {
    messages,
    goto: (url, timeout) => page.goto(url, { waitUntil: 'load', timeout }),
    reload: (timeout) => page.reload({ waitUntil: 'load', timeout }),
    run: (expression) => page.evaluate(expression),
    screenshot: () => page.screenshot(),
    close: () => page.close(),
  };
}

// Puppeteer sets the profile's own preference files aside and puts them back, without telling,
// once the process has ended.
async function prefsRestored(profileDir) {
  const aside = ['prefs.js.puppeteer', 'user.js.puppeteer'].map((name) => join(profileDir, name));
  for (let tries = 0; tries < 250 && aside.some((path) => existsSync(path)); tries++)
    await sleep(20);
}

export async function openFirefox(session, { profileDir, viewport, colorScheme, timeoutMs }) {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    protocol: 'webDriverBiDi',
    executablePath: requireProgram('Firefox', ['/usr/bin/firefox-esr', '/usr/bin/firefox']),
    headless: true,
    userDataDir: profileDir,
    env: session.environment(),
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    timeout: timeoutMs,
    protocolTimeout: timeoutMs,
    defaultViewport: viewport,
    extraPrefsFirefox: {
      'layout.css.prefers-color-scheme.content-override': colorScheme === 'dark' ? DARK : LIGHT,
    },
  });
  const first = (await browser.pages())[0] ?? (await browser.newPage());
  await first.setViewport(viewport); // the default is for the pages that come later
  return {
    version: (await browser.version()).replace('/', ' '),
    firstPage: toPage(first),
    newPage: async () => toPage(await browser.newPage()),
    close: () => browser.close(),
    abandon: () => prefsRestored(profileDir),
  };
}
