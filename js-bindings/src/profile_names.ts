// What the engine's numbers are called: in the exported profile (core/docs/formats/export.md) and in
// the answers of rights.ts. Held to the enumerations of core/ by a test.

import { BayaError } from './status.js';

export const FORMAT = 'baya.profile';
export const VERSION = 1;

// From 0.
export const CARDS = ['who', 'buying', 'engagement', 'feelings'] as const;
export const ORIGINS = ['stated', 'inferred', 'corrected'] as const;
export const FORMS = ['number', 'text', 'money'] as const;

// From 1.
export const KINDS = [
  'page',
  'identify',
  'group',
  'product_viewed',
  'product_clicked',
  'product_added',
  'product_removed',
  'order_completed',
  'products_searched',
  'product_list_viewed',
  'product_liked',
  'product_disliked',
  'correction',
];
export const SOURCES = ['page', 'data_layer', 'import', 'person'];
export const ACTIONS = ['set', 'contradict', 'undo'];
export const FAMILIES = [
  'user',
  'group',
  'trait',
  'orders',
  'spent',
  'bought',
  'cart',
  'activity',
  'page',
  'search',
  'list',
  'viewed',
  'opinion',
  'interest',
  'learning',
  'reason',
  'exploring',
];
export const PURPOSES = ['store', 'personalize', 'measure', 'train', 'sync', 'location'];
export const CHOICES = ['granted', 'refused', 'withdrawn'] as const; // in a receipt
export const RECEIPT_SOURCES = ['banner', 'global_privacy_control', 'consent_mode'];
export const OPERATIONS = [
  'ingest',
  'rank',
  'segment',
  'decide',
  'measure',
  'train',
  'backup',
  'answer',
  'show',
  'export',
  'correct',
  'erase',
  'import',
  'keep',
];

const FIRST_PARTNER = 0x100;
const EVERY_PARTNER = 7; // the bit of a set of purposes

/** `number` counts from `first`. `dataLoss` for one that this release does not know. */
export function nameOf<T extends string>(names: readonly T[], number: number, first = 1): T {
  const name = names[number - first];
  if (name === undefined) throw new BayaError('dataLoss', 'a number stands for nothing here');
  return name;
}

export function purposeName(number: number): string {
  if (number >= FIRST_PARTNER) return `partner:${number - FIRST_PARTNER}`;
  return nameOf(PURPOSES, number);
}

/** "partner" stands for every partner. */
export function purposeNames(bits: number): string[] {
  const has = (bit: number) => (bits & (1 << bit)) !== 0;
  const names = PURPOSES.filter((_, i) => has(i + 1));
  return has(EVERY_PARTNER) ? [...names, 'partner'] : names;
}
