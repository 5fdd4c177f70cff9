// The processes of one launch: found by a mark in their environment and by their process group,
// ended by process id. Linux only (/proc).
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

const MARK = 'BAYA_TEST_LAUNCH';
const GONE_TIMEOUT_MS = 60_000; // a busy machine takes its time to unmap a browser

const live = new Set();

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// Rejects with `what` after `ms`; the work itself is not cancelled.
export async function within(ms, what, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: nothing after ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function readProcess(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return {
      pid,
      zombie: afterName[0] === 'Z' || afterName[0] === 'X',
      group: Number(afterName[2]),
      command: readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ').trim(),
      environment: readFileSync(`/proc/${pid}/environ`, 'latin1'),
    };
  } catch {
    return null; // ended while being read
  }
}

function allProcesses() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readProcess(Number(name)))
    .filter((found) => found !== null && !found.zombie);
}

// Everything that one launch started. A browser that rewrites the environment of its children
// (Chromium's zygote does) is still found by the group of its leader.
export class Session {
  #mark = randomUUID();
  #groups = new Set();
  #ownGroup = readProcess(process.pid).group;
  #environment;
  #log = '';

  // `environment` is added to that of every process.
  constructor(environment = {}) {
    this.#environment = { ...process.env, ...environment, [MARK]: this.#mark };
    live.add(this);
  }

  environment(extra = {}) {
    return { ...this.#environment, ...extra };
  }

  // Starts `file` as the leader of its own process group.
  spawn(file, args, { env = {}, stdio = ['ignore', 'pipe', 'pipe'] } = {}) {
    const child = spawn(file, args, { detached: true, env: this.environment(env), stdio });
    child.on('error', (error) => this.#note(`${file}: ${error.message}\n`));
    child.stdout?.on('data', (data) => this.#note(data));
    child.stderr?.on('data', (data) => this.#note(data));
    return child;
  }

  #note(data) {
    this.#log = (this.#log + data).slice(-4000);
  }

  // The last 4000 characters that the processes started with `spawn` wrote.
  get log() {
    return this.#log;
  }

  // [{pid, group, command}] of what still runs, zombies left out.
  processes() {
    const all = allProcesses();
    const marked = all.filter((p) => p.environment.includes(`${MARK}=${this.#mark}`));
    for (const { group } of marked) {
      if (group !== this.#ownGroup) this.#groups.add(group);
    }
    return all
      .filter((p) => marked.includes(p) || this.#groups.has(p.group))
      .map(({ pid, group, command }) => ({ pid, group, command }));
  }

  // SIGKILL to every group and every stray process of this launch, once, without waiting.
  killNow() {
    const running = this.processes();
    const targets = new Set(
      running.flatMap(({ pid, group }) => (this.#groups.has(group) ? [-group] : [pid])),
    );
    for (const target of targets) {
      try {
        process.kill(target, 'SIGKILL');
      } catch (error) {
        if (error.code !== 'ESRCH') throw error;
      }
    }
    return running.length;
  }

  // SIGKILL until nothing is left. Rejects with the list of what would not end.
  async kill() {
    const end = Date.now() + GONE_TIMEOUT_MS;
    while (this.killNow() > 0) {
      if (Date.now() > end) {
        throw new Error(`still running: ${JSON.stringify(this.processes())}`);
      }
      await sleep(20);
    }
    live.delete(this);
  }

  // Waits until nothing is left, at most `ms`, then kills the rest.
  async waitGone(ms) {
    const end = Date.now() + ms;
    while (this.processes().length > 0 && Date.now() < end) await sleep(20);
    await this.kill();
  }
}

function killAll() {
  for (const session of live) session.killNow();
}

process.on('exit', killAll);
for (const [signal, number] of [
  ['SIGINT', 2],
  ['SIGTERM', 15],
  ['SIGHUP', 1],
]) {
  process.once(signal, () => {
    killAll();
    process.exit(128 + number);
  });
}
