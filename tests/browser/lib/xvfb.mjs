// An X server without a screen, on a display number that is free.
import { requireProgram } from './installed.mjs';
import { within } from './processes.mjs';

const START_TIMEOUT_MS = 30_000;

// Returns {display: ":N", stop()}; the server picks N itself and writes it to descriptor 3.
export async function startXvfb(session, { width = 1600, height = 1400 } = {}) {
  const file = requireProgram('Xvfb', ['/usr/bin/Xvfb']);
  const server = session.spawn(
    file,
    ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp'],
    { stdio: ['ignore', 'pipe', 'pipe', 'pipe'] },
  );
  const number = new Promise((resolve, reject) => {
    let text = '';
    server.stdio[3].on('data', (data) => {
      text += data;
      if (text.includes('\n')) resolve(text.trim());
    });
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}: ${session.log}`)));
  });
  const display = `:${await within(START_TIMEOUT_MS, 'Xvfb', number)}`;
  return { display, stop: () => server.kill('SIGTERM') };
}
