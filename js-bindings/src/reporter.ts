// Takes reports to their leader. On the page, because the worker has no network, and in the tab
// whose worker owns the vault, because a report is sent once. What may be asked and sent, and when,
// is the engine's to say; without consent it says nothing, and nothing is fetched.
//
// Source: draft-ietf-ppm-dap-18, "HPKE Configuration Request" and "Upload Request".

import type { Requester } from './requests.js';

/** How the leader took a report; `later`: it has not answered in the protocol's words. */
type Answer = 'accepted' | 'refused' | 'later';

const settleMs = 1_000;
const firstRetryMs = 60_000;
const lastRetryMs = 3_600_000;
const longestTimerMs = 86_400_000;
const maxConfigBytes = 16_384;
const replayed = 2; // ReportError: it was here before

export class Reporter {
  readonly #ask: Requester;
  readonly #waitMs;
  #open: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #running = false;
  #nudged = false;

  constructor(ask: Requester, waitMs = { settle: settleMs, retry: firstRetryMs }) {
    this.#ask = ask;
    this.#waitMs = waitMs;
  }

  /** Whether reports may be made and sent from here. What is under way is cut off at once. */
  allow(allowed: boolean): void {
    if (allowed === (this.#open !== undefined)) return;
    clearTimeout(this.#timer);
    this.#open?.abort();
    this.#open = allowed ? new AbortController() : undefined;
    this.#failures = 0;
    this.soon();
  }

  /** Something has happened that a measurement may be about. */
  soon(): void {
    this.#nudged = true;
    if (!this.#running && this.#failures === 0) this.#plan(this.#waitMs.settle);
  }

  #plan(ms: number): void {
    clearTimeout(this.#timer);
    if (this.#open === undefined) return;
    this.#timer = setTimeout(() => this.#run(), Math.min(ms, longestTimerMs));
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    this.#nudged = false;
    const open = this.#open;
    let nextMs = 0;
    let failed = false;
    try {
      nextMs = await this.#work();
    } catch {
      // The network, an aggregator, or the owner of the vault; unless it was cut off.
      failed = open === this.#open;
    }
    this.#running = false;
    this.#failures = failed ? this.#failures + 1 : 0;
    if (failed) this.#plan(Math.min(this.#waitMs.retry * 2 ** (this.#failures - 1), lastRetryMs));
    else if (this.#nudged) this.#plan(this.#waitMs.settle);
    else if (nextMs > 0) this.#plan(Math.max(nextMs - Date.now(), this.#waitMs.settle));
  }

  // Until nothing is left to do now; then when there may be something again, or 0.
  async #work(): Promise<number> {
    for (;;) {
      const signal = this.#open?.signal;
      if (signal === undefined) return 0;
      const { due, uploads, nextMs } = await this.#ask({ name: 'reports' });
      if (due.length + uploads.length === 0) return nextMs;
      const done = await Promise.allSettled([
        ...due.map(async ({ taskId, leaderConfigUrl, helperConfigUrl }) => {
          const [leaderConfigs, helperConfigs] = await Promise.all([
            fetchConfigs(leaderConfigUrl, signal),
            fetchConfigs(helperConfigUrl, signal),
          ]);
          signal.throwIfAborted();
          await this.#ask({ name: 'report', taskId, leaderConfigs, helperConfigs });
        }),
        ...uploads.map(async ({ id, url, body }) => {
          const answer = await send(url, body, signal);
          if (answer === 'later') throw new Error(answer);
          await this.#ask({ name: 'uploaded', id, accepted: answer === 'accepted' });
        }),
      ]);
      for (const one of done) if (one.status === 'rejected') throw one.reason;
    }
  }
}

// Of the aggregator itself: not by way of another origin, and with nothing that tells who asks. Nor
// by way of the browser's cache, which would give back a tag or a key that was made for one device.
const common = (signal: AbortSignal): RequestInit => ({
  cache: 'no-store',
  credentials: 'omit',
  referrerPolicy: 'no-referrer',
  redirect: 'error',
  signal,
});

async function fetchConfigs(url: string, signal: AbortSignal): Promise<Uint8Array> {
  signal.throwIfAborted();
  const response = await fetch(url, common(signal));
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (!response.ok || bytes.length > maxConfigBytes) throw new Error(url);
  return bytes;
}

async function send(url: string, body: Uint8Array, signal: AbortSignal): Promise<Answer> {
  signal.throwIfAborted();
  const response = await fetch(url, {
    ...common(signal),
    method: 'POST',
    headers: { 'Content-Type': 'application/ppm-dap;message=upload-req' },
    body: body as Uint8Array<ArrayBuffer>,
    keepalive: true,
  });
  const type = response.headers.get('Content-Type') ?? '';
  const answer = new Uint8Array(await response.arrayBuffer());
  if (!response.ok) {
    // Only a problem document (RFC 9457) is the protocol's own refusal; a gateway's is not.
    const final = response.status < 500 && type.startsWith('application/problem+json');
    return final ? 'refused' : 'later';
  }
  if (answer.length === 0) return 'accepted';
  // UploadErrors: report id and error of each report that was refused; there is one.
  if (!type.startsWith('application/ppm-dap')) return 'later';
  return answer[16] === replayed ? 'accepted' : 'refused';
}
