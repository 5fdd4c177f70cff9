// The receipts of core/docs/formats/consent.md §2, read and checked, and as the documents that other
// systems know: core/docs/formats/receipts.md.

import type { ReceiptsReply } from './generated/ops.js';
import { CHOICES, nameOf, purposeName, RECEIPT_SOURCES } from './profile_names.js';
import { BayaError } from './status.js';
import { opaque16, Reader, uint64 } from './tls.js';

/** What an act of the person, or a signal, came to for one purpose. */
export interface ReceiptEntry {
  readonly purpose: string;
  readonly choice: 'granted' | 'refused' | 'withdrawn';
  /** SHA-256 of the consent text in hexadecimal; '' unless granted to a text of the site's. */
  readonly text: string;
}

export interface Receipt {
  /** SHA-256 of the receipt itself, which the next one holds. */
  readonly id: string;
  readonly timeMs: number;
  /** banner (or this page), global_privacy_control or consent_mode */
  readonly source: string;
  readonly entries: readonly ReceiptEntry[];
}

/** What the site asks for now. */
export interface AskedText {
  readonly purpose: string;
  readonly text: string;
  /** A grant older than this is asked for again; 0: no such limit. */
  readonly maxAgeMs: number;
}

export interface Receipts {
  /** One unbroken chain, the oldest first. Withdrawing `store` ends it and takes it away. */
  readonly receipts: readonly Receipt[];
  /** The site's own name for its texts as they are now. */
  readonly textVersion: string;
  readonly texts: readonly AskedText[];
  /** How long an event is kept. */
  readonly retentionMs: number;
}

const NOTHING = '00'.repeat(32);

const hexOf = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

export async function sha256(bytes: Uint8Array): Promise<string> {
  return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as BufferSource)));
}

function entryOf(reader: Reader): ReceiptEntry {
  const purpose = purposeName(reader.integer(2));
  const choice = nameOf(CHOICES, reader.integer(1));
  const text = hexOf(reader.raw(32));
  return { purpose, choice, text: text === NOTHING ? '' : text };
}

const broken = () => new BayaError('dataLoss', 'the receipts are no unbroken chain');

async function receiptOf(bytes: Uint8Array, sequence: number, previous: string): Promise<Receipt> {
  const reader = new Reader(bytes);
  if (reader.integer(1) !== 1) throw broken();
  const follows = reader.integer(4) === sequence;
  const timeMs = uint64.read(reader);
  const source = nameOf(RECEIPT_SOURCES, reader.integer(1));
  if (hexOf(reader.raw(32)) !== previous || !follows) throw broken();
  const list = new Reader(opaque16.read(reader));
  reader.finish();
  const entries: ReceiptEntry[] = [];
  while (list.left > 0) entries.push(entryOf(list));
  return { id: await sha256(bytes), timeMs, source, entries };
}

/** `dataLoss` when one is missing, changed or out of place. */
export async function receiptsOf(reply: ReceiptsReply): Promise<Receipts> {
  const receipts: Receipt[] = [];
  for (const bytes of reply.receipts) {
    receipts.push(await receiptOf(bytes, receipts.length, receipts.at(-1)?.id ?? NOTHING));
  }
  const texts = reply.texts.map(({ purpose, hash, maxAgeMs }) => ({
    purpose: purposeName(purpose),
    text: hexOf(hash),
    maxAgeMs,
  }));
  return { receipts, textVersion: reply.textVersion, texts, retentionMs: reply.retentionMs };
}
