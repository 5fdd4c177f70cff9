// What the shop uses of the package `baya`, and how it waits for it. The shop works without: every
// caller handles `undefined`, which is what a blocked or missing tag leads to.

export type Ack = { accepted: true } | { accepted: false; reason: string };

export type Purpose = 'store' | 'personalize' | 'measure';

export interface ConsentState {
  asked: boolean;
  paused: boolean;
  purposes: Partial<Record<Purpose, { allowed: boolean; reason: string }>>;
}

export interface Reason {
  code: string;
  because?: string;
  share: number;
}

export interface Recommendation {
  item: string;
  personal: boolean;
  reasons: Reason[];
}

export interface Baya {
  track(
    event: string,
    properties?: object,
    options?: { messageId?: string; timestamp?: Date },
  ): Promise<Ack>;
  identify(userId: string, traits?: object): Promise<Ack>;
  consent(
    choice: Partial<Record<Purpose, boolean>>,
    text?: { version: string },
  ): Promise<ConsentState>;
  consentState(): Promise<ConsentState>;
  recommend(request?: { limit?: number; exclude?: string[] }): Promise<Recommendation[]>;
  on(event: 'ready' | 'change' | 'degraded', listener: () => void): () => void;
}

export interface Field {
  field: string;
  card: 'who' | 'buying' | 'engagement' | 'feelings';
  value: number | string | { minor: number; currency: string };
  inferred: boolean;
  contradicted: boolean;
  source: string;
  purposes: readonly string[];
  sinceMs: number;
  lastUsedMs: number;
  expiresMs: number;
}

export interface Contribution {
  code: string;
  because: string;
  points: number;
}

export interface AccessRow {
  hourMs: number;
  caller: string;
  purpose: string;
  operation: string;
  allowed: number;
  refused: number;
}

export interface Protection {
  isolated: boolean;
  words: string;
}

// Rejects when it cannot do what was asked; a text in `correct` sets a field right, null says that
// it is not so, undefined takes back what was said.
export interface Rights {
  inventory(): Promise<readonly Field[]>;
  explain(item: string): Promise<{ contributions: readonly Contribution[] }>;
  accessLog(): Promise<readonly AccessRow[]>;
  correct(field: string, value?: string | null): Promise<Ack>;
  export(): Promise<string>;
  import(json: string): Promise<Ack>;
  pause(paused: boolean): Promise<void>;
  erase(what: { all: true } | { purpose: Purpose } | { item: string }): Promise<void>;
  protection(): Promise<Protection>;
}

declare global {
  interface Window {
    baya?: unknown;
  }
}

const ARRIVAL_MS = 4000;

function arrived(): Baya | undefined {
  const candidate = window.baya as Partial<Baya> | undefined;
  return typeof candidate?.recommend === 'function' ? (candidate as Baya) : undefined;
}

function waitForTag(): Promise<Baya | undefined> {
  const tag = document.getElementById('baya-tag');
  const already = arrived();
  if (already || !tag) return Promise.resolve(already);
  return new Promise((resolve) => {
    const settle = () => resolve(arrived());
    tag.addEventListener('load', settle, { once: true });
    tag.addEventListener('error', settle, { once: true });
    setTimeout(settle, ARRIVAL_MS);
  });
}

let waiting: Promise<Baya | undefined> | undefined;

// Nothing when the tag is missing, blocked, or not there after four seconds.
export function whenBaya(): Promise<Baya | undefined> {
  waiting ??= waitForTag();
  return waiting;
}

// Tells the profile, if there is one. Says whether it was kept.
export async function track(
  event: string,
  properties: object,
  options?: { messageId?: string },
): Promise<Ack> {
  const baya = await whenBaya();
  if (!baya) return { accepted: false, reason: 'unavailable' };
  return baya.track(event, properties, options);
}

// The rights of the person whose profile it is; a module of its own, for the My data page alone.
export async function loadRights(baya: Baya): Promise<Rights> {
  const address: string = '/baya/rights.js';
  const module = (await import(address)) as { rights(baya: Baya): Rights };
  return module.rights(baya);
}
