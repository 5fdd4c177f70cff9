// One aggregator as a real process.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

import { programCommand } from '../../lib/programs.mjs';

const START_MS = 20_000;
const STOP_MS = 20_000; // after that it is killed, and the answer is SIGKILL

// Ports that are free now. The tasks name the addresses before the servers run.
export async function freePorts(count) {
  const servers = [];
  for (let i = 0; i < count; i++) {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    servers.push(server);
  }
  const ports = servers.map((server) => server.address().port);
  for (const server of servers) {
    server.close();
    await once(server, 'close');
  }
  return ports;
}

export class Aggregator {
  #child;
  #exit;

  constructor(role, folder, port) {
    this.role = role;
    this.folder = folder;
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.log = '';
  }

  get running() {
    return this.#child !== undefined;
  }

  get pid() {
    return this.#child.pid;
  }

  // Resolves when it listens.
  async start(...options) {
    const [command, ...first] = programCommand('native', 'tools/aggregator/baya-aggregator');
    const args = ['--role', this.role, '--folder', this.folder, '--port', String(this.port)];
    const child = spawn(command, [...first, ...args, ...options], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.#exit = once(child, 'exit');
    child.stderr.on('data', (data) => (this.log += data));
    const timer = setTimeout(() => child.kill('SIGKILL'), START_MS);
    let said = '';
    try {
      this.printedPort = await new Promise((resolve, reject) => {
        child.stdout.on('data', (data) => {
          said += data;
          const port = /listens on http:\/\/127\.0\.0\.1:(\d+)\n/.exec(said)?.[1];
          if (port) resolve(Number(port));
        });
        child.on('exit', () => reject(new Error(`${this.role} did not start:\n${this.log}`)));
      });
    } finally {
      clearTimeout(timer);
    }
    return this;
  }

  // Ends it and says how: an exit code, or the signal's name.
  async stop(signal = 'SIGTERM') {
    if (!this.#child) return undefined;
    const child = this.#child;
    const exit = this.#exit;
    this.#child = undefined;
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    const [code, by] = await exit;
    clearTimeout(timer);
    return code ?? by;
  }
}
