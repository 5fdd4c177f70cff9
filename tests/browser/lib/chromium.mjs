// Chromium through playwright-core.
import { chromium } from 'playwright-core';

import { requireProgram } from './installed.mjs';

const ARGUMENTS = [
  '--no-sandbox', // the tests may run as root
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

async function toPage(context, page) {
  const messages = [];
  page.on('console', (message) => messages.push({ type: message.type(), text: message.text() }));
  page.on('pageerror', (error) => messages.push({ type: 'pageerror', text: error.message }));
  const uploads = [];
  page.on('request', (request) => {
    const bytes = request.postDataBuffer()?.length;
    if (bytes) uploads.push({ url: request.url(), bytes, timeMs: Date.now() });
  });
  const protocol = await context.newCDPSession(page);
  return {
    messages,
    uploads,
    goto: (url, timeout) => page.goto(url, { waitUntil: 'load', timeout }),
    reload: (timeout) => page.reload({ waitUntil: 'load', timeout }),
    async run(expression) {
      const answer = await protocol.send('Runtime.evaluate', {
        expression,
        awaitPromise: true,
        returnByValue: true,
        allowUnsafeEvalBlockedByCSP: false, // the protocol's default would lift the page's policy
      });
      if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.text);
      return answer.result.value;
    },
    screenshot: () => page.screenshot(),
    press: (key) => page.keyboard.press(key),
    type: (text) => page.keyboard.type(text),
    command: (method, parameters) => protocol.send(method, parameters),
    close: () => page.close(),
  };
}

export async function openChromium(session, { profileDir, viewport, colorScheme, timeoutMs }) {
  const context = await chromium.launchPersistentContext(profileDir, {
    executablePath: requireProgram('Chromium', ['/usr/bin/chromium']),
    headless: true,
    args: ARGUMENTS,
    env: session.environment(),
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    timeout: timeoutMs,
    viewport,
    colorScheme,
  });
  const first = context.pages()[0] ?? (await context.newPage());
  return {
    version: `Chromium ${context.browser()?.version() ?? ''}`.trim(),
    firstPage: await toPage(context, first),
    newPage: async () => toPage(context, await context.newPage()),
    close: () => context.close(),
    abandon: () => context.close().catch(() => {}),
  };
}
