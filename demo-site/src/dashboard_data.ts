// What the collector returned, as the dashboard needs it: data/collected/index.json names the files,
// each in the format "baya.collected" of version 1.

export interface Cell {
  label: string;
  /** With noise; it may be below zero. */
  count: number;
  low: number;
  high: number;
  /** Noise alone could have made it. */
  suppressed: boolean;
}

export interface Batch {
  task: { name: string; title: string; measurement: string; isTest: boolean };
  /** Milliseconds since 1970; `to` is not included. */
  from: number;
  to: number;
  reports: number;
  minimum: number;
  /** 0 without noise. */
  epsilon: number;
  /** Of one cell, to either side; 0 without noise. */
  halfWidth: number;
  rule: string;
  cells: Cell[];
}

type Row = Record<string, unknown>;

class NotCollected extends Error {}

function rowOf(value: unknown): Row {
  if (typeof value !== 'object' || value === null) throw new NotCollected('an object is missing');
  return value as Row;
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw new NotCollected('a text is missing');
  return value;
}

function numberOf(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw new NotCollected('a number is missing');
  }
  return value;
}

function cellOf(value: unknown): Cell {
  const row = rowOf(value);
  return {
    label: textOf(row.label),
    count: numberOf(row.count),
    low: numberOf(row.low_95),
    high: numberOf(row.high_95),
    suppressed: row.suppressed === true,
  };
}

// Throws when it is no collected batch.
export function parseBatch(json: unknown): Batch {
  const file = rowOf(json);
  if (file.format !== 'baya.collected' || file.version !== 1) {
    throw new NotCollected('it is no collected batch of version 1');
  }
  const task = rowOf(file.task);
  const interval = rowOf(file.interval);
  if (!Array.isArray(file.cells) || file.cells.length === 0) {
    throw new NotCollected('it has no cells');
  }
  return {
    task: {
      name: textOf(task.name),
      title: textOf(task.title),
      measurement: textOf(task.measurement),
      isTest: task.policy === 'test',
    },
    from: 1000 * numberOf(interval.from_s),
    to: 1000 * numberOf(interval.to_s),
    reports: numberOf(file.report_count),
    minimum: numberOf(file.min_batch_size),
    epsilon: numberOf(file.epsilon_micro) / 1e6,
    halfWidth: numberOf(rowOf(file.noise).half_width_95),
    rule: textOf(rowOf(file.suppression).rule),
    cells: file.cells.map(cellOf),
  };
}

export interface Collected {
  /** By task, in the index's order; the newest batch of each first. */
  tasks: Batch[][];
  /** Files that could not be read. */
  broken: string[];
  /** Both aggregators run on one machine, as in the demonstration. */
  oneMachine: boolean;
}

async function fetchJson(address: string): Promise<unknown> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
}

export function byTask(batches: readonly Batch[]): Batch[][] {
  const tasks = new Map<string, Batch[]>();
  for (const batch of batches) {
    tasks.set(batch.task.name, [...(tasks.get(batch.task.name) ?? []), batch]);
  }
  return [...tasks.values()].map((own) => own.sort((a, b) => b.to - a.to));
}

// Nothing when nothing has been collected.
export async function loadCollected(): Promise<Collected | undefined> {
  const index = await fetchJson('/data/collected/index.json').catch(() => undefined);
  const { files, one_machine: oneMachine } = (index ?? {}) as Row;
  if (!Array.isArray(files) || files.length === 0) return undefined;
  const names = files.map(String);
  const read = await Promise.allSettled(
    names.map(async (name) =>
      parseBatch(await fetchJson(`/data/collected/${encodeURIComponent(name)}`)),
    ),
  );
  return {
    tasks: byTask(read.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))),
    broken: names.filter((_, i) => read[i]?.status === 'rejected'),
    oneMachine: oneMachine !== false,
  };
}
