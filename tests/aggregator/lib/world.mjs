// A leader, a helper and a collector on this machine, for one test file.
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { programCommand } from '../../lib/programs.mjs';
import { Aggregator, freePorts } from './server.mjs';

export const MEDIA = (message) => `application/ppm-dap;message=${message}`;
export const HOUR_S = 3600;

const run = promisify(execFile);

// A task without noise and with a small batch; `overrides` are members of the definition.
export function testTask(name, overrides = {}) {
  return {
    name,
    title: 'A test',
    text: 'Counts what the test says.',
    policy: 'test',
    mechanism: 'none',
    min_batch_size: 5,
    period_s: 86400,
    window_s: 86400,
    delay_s: 0,
    time_precision_s: HOUR_S,
    measurement: 'category_interest',
    signals: ['viewed'],
    labels: ['a', 'b', 'c', 'other'],
    ...overrides,
  };
}

export class World {
  // Leader and helper have their files and are not started.
  static async make(tasks) {
    const world = new World();
    world.folder = mkdtempSync(path.join(tmpdir(), 'baya-aggregator-'));
    const [leader, helper] = await freePorts(2);
    world.leader = new Aggregator('leader', world.file('leader'), leader);
    world.helper = new Aggregator('helper', world.file('helper'), helper);
    writeFileSync(world.file('definition.json'), JSON.stringify({ tasks }));
    world.runTool('tasks', [
      ...['--definition', world.file('definition.json'), '--out', world.file('tasks')],
      ...['--leader', world.leader.url, '--helper', world.helper.url],
    ]);
    for (const role of ['leader', 'helper']) {
      mkdirSync(world.file(role));
      renameSync(world.file(`tasks/${role}.json`), world.file(`${role}/${role}.json`));
    }
    world.tasks = JSON.parse(readFileSync(world.file('tasks/tasks.json'), 'utf8')).tasks;
    return world;
  }

  file(name) {
    return path.join(this.folder, name);
  }

  task(name) {
    return this.tasks.find((task) => task.name === name);
  }

  async start() {
    await Promise.all([this.leader.start(), this.helper.start()]);
    await this.fetchConfigs();
    return this;
  }

  async end() {
    await Promise.all([this.leader.stop('SIGKILL'), this.helper.stop('SIGKILL')]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  // What a device does before its first report. Kept in files, so that an old one can be used.
  async fetchConfigs() {
    for (const server of [this.leader, this.helper]) {
      const response = await fetch(`${server.url}/hpke_config`);
      const config = Buffer.from(await response.arrayBuffer());
      writeFileSync(this.file(`${server.role}.config`), config);
    }
  }

  runTool(name, args) {
    const [command, ...first] = programCommand('native', `tools/${name}/baya-${name}`);
    return execFileSync(command, [...first, ...args], { encoding: 'utf8', stdio: 'pipe' });
  }

  // Bodies of one report each. `measurements`: buckets, or [bucket, seconds since 1970].
  makeReports(task, measurements, options = {}) {
    const now = Math.floor(Date.now() / 1000);
    const lines = measurements.map((one) => {
      const [bucket, time] = Array.isArray(one) ? one : [one, now];
      return `${time} ${bucket}\n`;
    });
    const [command, ...first] = programCommand('native', 'tests/aggregator/make_reports');
    const made = spawnSync(
      command,
      [
        ...first,
        ...[this.file('tasks/tasks.section'), task],
        options.leaderConfig ?? this.file('leader.config'),
        options.helperConfig ?? this.file('helper.config'),
      ],
      { input: lines.join(''), encoding: 'utf8', maxBuffer: 1 << 28 },
    );
    if (made.status !== 0) throw new Error(made.stderr);
    return made.stdout
      .trim()
      .split('\n')
      .map((line) => Buffer.from(line, 'hex'));
  }

  upload(task, body, headers = {}) {
    return fetch(`${this.leader.url}/tasks/${this.task(task).id}/reports`, {
      method: 'POST',
      headers: { 'Content-Type': MEDIA('upload-req'), ...headers },
      body,
    });
  }

  // Like baya collect, with `interval` in seconds since 1970. Rejects with what it said.
  async collect(task, [from, to], wait = 60) {
    const [command, ...first] = programCommand('native', 'tools/collect/baya-collect');
    const { stdout } = await run(command, [
      ...first,
      ...['--collector', this.file('tasks/collector.json'), '--task', task],
      ...['--from', String(from), '--to', String(to), '--wait', String(wait)],
    ]);
    return JSON.parse(stdout);
  }

  // The rows of a server's database.
  rows(role) {
    const [command, ...first] = programCommand('native', 'tests/aggregator/dump');
    const out = execFileSync(command, [...first, this.file(`${role}/${role}.sqlite`)], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    return out
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  }

  secrets(role) {
    return JSON.parse(readFileSync(this.file(`${role}/${role}.json`), 'utf8'));
  }

  collectorSecrets() {
    return JSON.parse(readFileSync(this.file('tasks/collector.json'), 'utf8'));
  }
}

// The hour in which the tests began, and `hours` of them around it: [from, to). The same all along,
// also when the clock strikes.
const BEGIN_S = Math.floor(Date.now() / 1000 / HOUR_S) * HOUR_S;
export const hoursAround = (hours = 1) => [
  BEGIN_S - hours * HOUR_S,
  BEGIN_S + (hours + 1) * HOUR_S,
];

// UploadErrors: [id in hex, ReportError] each.
export async function uploadErrors(response) {
  const bytes = Buffer.from(await response.arrayBuffer());
  const errors = [];
  for (let i = 0; i < bytes.length; i += 17) {
    errors.push([bytes.subarray(i, i + 16).toString('hex'), bytes[i + 16]]);
  }
  return errors;
}

export const REPORT_ERROR = {
  batch_collected: 1,
  report_replayed: 2,
  report_dropped: 3,
  hpke_unknown_config_id: 4,
  hpke_decrypt_error: 5,
  vdaf_verify_error: 6,
  task_expired: 7,
  invalid_message: 8,
  report_too_early: 9,
  task_not_started: 10,
  outdated_config: 11,
};

export async function until(condition, what, ms = 30_000) {
  const end = Date.now() + ms;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
