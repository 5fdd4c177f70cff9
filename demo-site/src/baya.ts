// What the shop uses of the package `baya`, and how it waits for it. The shop works without: every
// caller handles `undefined`, which is what a blocked or missing tag leads to.

import type { Ack, Baya } from 'baya';
import type { Rights } from 'baya/rights';

export type { Ack, Baya, ConsentState, Purpose, Reason, Recommendation } from 'baya';
export type {
  AboutTheSite,
  AccessRow,
  Contribution,
  Explanation,
  Field,
  Measurements,
  MeasureTask,
  Protection,
  Receipts,
  Report,
  Rights,
} from 'baya/rights';

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
  const module = (await import(address)) as typeof import('baya/rights');
  return module.rights(baya);
}
