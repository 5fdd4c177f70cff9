// What a page, or another tab, asks of whoever owns the vault.

import type { Ack, ConsentState, Recommendation } from './api.js';
import type { ConsentModeCommand } from './consent_mode.js';

export type ChoiceOf<Name extends string> = { readonly [Purpose in Name]?: boolean };

/** What a page tells of itself when it comes. */
export interface Signals {
  readonly globalPrivacyControl: boolean;
  /** The oldest first. */
  readonly consentMode: readonly ConsentModeCommand[];
}

interface Exchanges {
  readonly hear: { readonly request: { readonly signals: Signals }; readonly answer: ConsentState };
  readonly choose: {
    readonly request: { readonly choices: ChoiceOf<string>; readonly text: string | undefined };
    readonly answer: ConsentState;
  };
  readonly consentState: { readonly request: unknown; readonly answer: ConsentState };
  /** `record` is that of call_record.ts. */
  readonly take: { readonly request: { readonly record: Uint8Array }; readonly answer: Ack };
  readonly recommend: {
    readonly request: { readonly limit: number; readonly exclude: readonly string[] };
    readonly answer: Recommendation[];
  };
}

export type RequestName = keyof Exchanges;
export type Request = {
  [Name in RequestName]: { readonly name: Name } & Exchanges[Name]['request'];
}[RequestName];
export type AnswerTo<Name extends RequestName> = Exchanges[Name]['answer'];

export interface Answer {
  readonly value: unknown;
  /** What localStorage["baya"] should be from now on; null removes it, undefined leaves it. */
  readonly record?: string | null;
}
