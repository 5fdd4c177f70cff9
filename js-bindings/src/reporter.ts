// Takes reports to their leader. On the page, because the worker has no network, and in the tab
// whose worker owns the vault, because a report is sent once. What may be asked and sent, and when,
// is the engine's to say; without consent it says nothing, and nothing is fetched.
//
// Source: draft-ietf-ppm-dap-18, "HPKE Configuration Request" and "Upload Request".

import { reportIntegrity } from './build.js';
import { verifiedCopy } from './loader.js';
import type { Requester } from './requests.js';

/** How the leader took a report; `later`: it has not answered in the protocol's words. */
type Answer = 'accepted' | 'refused' | 'later';

const settleMs = 1_000;
const firstRetryMs = 60_000;
const lastRetryMs = 3_600_000;
const longestTimerMs = 86_400_000;
// An aggregator that takes longer, for the whole of an answer, counts as away.
const exchangeMs = 30_000;
// A list of HPKE configurations has some hundred bytes; UploadErrors of one report has 17.
const maxConfigBytes = 16_384;
const maxAnswerBytes = 4_096;
// Twenty times report.wasm.
const maxModuleBytes = 1 << 20;
const replayed = 2; // ReportError: it was here before

export class Reporter {
  readonly #ask: Requester;
  readonly #wasmUrl: string;
  #wasm: Promise<Uint8Array> | undefined;
  readonly #waitMs;
  #open: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #running = false;
  #nudged = false;

  /** `wasmUrl`: of report.wasm, which is fetched when a report is due. */
  constructor(
    ask: Requester,
    wasmUrl: string,
    waitMs = { settle: settleMs, retry: firstRetryMs, exchange: exchangeMs },
  ) {
    this.#ask = ask;
    this.#wasmUrl = wasmUrl;
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

  // Once; what is not this release's file is asked for again.
  #module(limits: Limits): Promise<Uint8Array> {
    this.#wasm ??= fetchModule(this.#wasmUrl, limits).catch((error) => {
      this.#wasm = undefined;
      throw error;
    });
    return this.#wasm;
  }

  // Until nothing is left to do now; then when there may be something again, or 0.
  async #work(): Promise<number> {
    for (;;) {
      const open = this.#open?.signal;
      if (open === undefined) return 0;
      const limits = { open, ms: this.#waitMs.exchange };
      const { due, uploads, nextMs } = await this.#ask({ name: 'reports' });
      if (due.length + uploads.length === 0) return nextMs;
      const done = await Promise.allSettled([
        ...due.map(async ({ taskId, leaderConfigUrl, helperConfigUrl }) => {
          const wasm = await this.#module(limits); // without it nobody else is asked
          const [leaderConfigs, helperConfigs] = await Promise.all([
            fetchConfigs(leaderConfigUrl, limits),
            fetchConfigs(helperConfigUrl, limits),
          ]);
          open.throwIfAborted();
          await this.#ask({ name: 'report', taskId, leaderConfigs, helperConfigs, wasm });
        }),
        ...uploads.map(async ({ id, url, body }) => {
          const answer = await send(url, body, limits);
          if (answer === 'later') throw new Error(answer);
          await this.#ask({ name: 'uploaded', id, accepted: answer === 'accepted' });
        }),
      ]);
      for (const one of done) if (one.status === 'rejected') throw one.reason;
    }
  }
}

/** How long one request and its answer may take, and what else cuts them off. */
interface Limits {
  readonly ms: number;
  readonly open: AbortSignal;
}

// Of the aggregator itself: not by way of another origin, and with nothing that tells who asks. Nor
// by way of the browser's cache, which would give back a tag or a key that was made for one device.
async function exchange<T>(
  url: string,
  { ms, open }: Limits,
  init: RequestInit,
  read: (response: Response, cut: AbortSignal) => Promise<T>,
): Promise<T> {
  open.throwIfAborted();
  const cut = new AbortController();
  const end = () => cut.abort();
  const timer = setTimeout(end, ms);
  open.addEventListener('abort', end);
  try {
    const response = await fetch(url, {
      cache: 'no-store',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      redirect: 'error',
      signal: cut.signal,
      ...init,
    });
    return await read(response, cut.signal);
  } finally {
    end(); // what was not read of the answer is not waited for
    clearTimeout(timer);
    open.removeEventListener('abort', end);
  }
}

// Rejects as soon as there is more than `most`, whatever the answer says of its length. Cancels by
// itself: in Node an answer was seen to come on after its fetch had been cut off.
async function bytesOf({ body }: Response, most: number, cut: AbortSignal): Promise<Uint8Array> {
  const bytes = new Uint8Array(most);
  let size = 0;
  const reader = body?.getReader();
  cut.addEventListener('abort', () => reader?.cancel().catch(() => {}));
  for (;;) {
    const { value } = (await reader?.read()) ?? {};
    cut.throwIfAborted();
    if (value === undefined) return bytes.subarray(0, size);
    bytes.set(value, size); // a RangeError when it does not fit
    size += value.length;
  }
}

// The site's own file, known by its hash: it may be moved, and be in the cache if it is still right.
const fetchModule = (url: string, limits: Limits): Promise<Uint8Array> =>
  exchange(url, limits, { cache: 'no-cache', redirect: 'follow' }, async (response, cut) =>
    verifiedCopy(await bytesOf(response, maxModuleBytes, cut), reportIntegrity),
  );

const fetchConfigs = (url: string, limits: Limits): Promise<Uint8Array> =>
  exchange(url, limits, {}, (response, cut) => {
    if (!response.ok) throw new Error(url);
    return bytesOf(response, maxConfigBytes, cut);
  });

function send(url: string, body: Uint8Array, limits: Limits): Promise<Answer> {
  const headers = { 'Content-Type': 'application/ppm-dap;message=upload-req' };
  const upload = {
    method: 'POST',
    headers,
    body: body as Uint8Array<ArrayBuffer>,
    keepalive: true,
  };
  return exchange(url, limits, upload, answerOf);
}

async function answerOf(response: Response, cut: AbortSignal): Promise<Answer> {
  const type = response.headers.get('Content-Type') ?? '';
  if (!response.ok) {
    // Only a problem document (RFC 9457) is the protocol's own refusal; a gateway's is not.
    const final = response.status < 500 && type.startsWith('application/problem+json');
    return final ? 'refused' : 'later';
  }
  const answer = await bytesOf(response, maxAnswerBytes, cut);
  if (answer.length === 0) return 'accepted';
  // UploadErrors: report id and error of each report that was refused; there is one.
  if (!type.startsWith('application/ppm-dap')) return 'later';
  return answer[16] === replayed ? 'accepted' : 'refused';
}
