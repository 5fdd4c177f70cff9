// The only record outside the vault: localStorage["baya"], the choice and its day, nothing about
// the person. core/consent/refusal.h writes the same bytes for a refusal.

import { blobDatabaseName, choiceRecordName as key } from './names.js';

const pattern = /^\{"version":1,"choice":"(refused|granted|erasing)","date":"\d{4}-\d{2}-\d{2}"\}$/;

/** `erasing`: refused, and what was stored is not destroyed yet. */
export type Choice = 'refused' | 'granted' | 'erasing';

export interface ChoiceRecord {
  readonly choice: Choice;
  /** The record as it stands. */
  readonly text: string;
}

/** Whether something may be stored that the engine has to see to. */
export const isOpen = (record?: ChoiceRecord): boolean =>
  record !== undefined && record.choice !== 'refused';

/** The record of a choice on the day of `nowMs` in UTC. */
export function encodeChoice(choice: Choice, nowMs: number): string {
  const date = new Date(nowMs).toISOString().slice(0, 10);
  return `{"version":1,"choice":"${choice}","date":"${date}"}`;
}

/** Nothing when there is none, or none that this release wrote, or no storage. */
export function readChoice(): ChoiceRecord | undefined {
  try {
    const text = localStorage.getItem(key) ?? '';
    const choice = pattern.exec(text)?.[1] as Choice | undefined;
    return choice && { choice, text };
  } catch {
    return undefined;
  }
}

/**
 * The record, or that of a grant when there is none and yet a vault: a browser that was killed may
 * have lost the last of localStorage, and nothing of IndexedDB. Makes nothing.
 */
export async function findChoice(): Promise<ChoiceRecord | undefined> {
  const found = readChoice();
  if (found !== undefined || !(await hasVault())) return found;
  return { choice: 'granted', text: encodeChoice('granted', Date.now()) };
}

async function hasVault(): Promise<boolean> {
  try {
    return (await indexedDB.databases()).some(({ name }) => name === blobDatabaseName);
  } catch {
    return false;
  }
}

/** Null removes it. Whether that worked. */
export function writeChoice(text: string | null): boolean {
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
    return true;
  } catch {
    return false;
  }
}
