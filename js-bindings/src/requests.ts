// What a page, or another tab, asks of whoever owns the vault.

import type { Ack, ConsentState, Recommendation, RecommendRequest } from './api.js';
import type { CorrectRequest, DueReport, SignalsRequest, Upload } from './generated/ops.js';

export type ChoiceOf<Name extends string> = { readonly [Purpose in Name]?: boolean };

/** The engine's numbers for what is erased. */
export enum EraseScope {
  all = 1,
  purpose = 2,
  item = 3,
  /** Who the person is, and nothing of what they did. */
  identity = 4,
  /** Every event of a span of time. */
  span = 5,
}

export interface Protection {
  readonly storage: 'indexeddb' | 'memory';
  /** Where the share that an erasure destroys is kept. */
  readonly share: 'opfs' | 'database' | 'none';
}

/** What is to be done for measurements now. */
export interface ReportWork {
  readonly due: readonly DueReport[];
  readonly uploads: readonly Upload[];
  /** When there may be more to do; 0: after events alone. */
  readonly nextMs: number;
}

type Nothing = Readonly<Record<never, never>>;

interface Exchanges {
  /** What the person chose on this page, and what it hears besides. */
  readonly signals: [SignalsRequest, ConsentState];
  readonly consentState: [Nothing, ConsentState];
  /** `call` is the text of call_record.ts. */
  readonly take: [{ readonly call: string }, Ack];
  readonly recommend: [
    RecommendRequest & { readonly limit: number; readonly exclude: readonly string[] },
    Recommendation[],
  ];
  // For reporter.ts.
  readonly reports: [Nothing, ReportWork];
  readonly report: [
    {
      readonly taskId: Uint8Array;
      readonly leaderConfigs: Uint8Array;
      readonly helperConfigs: Uint8Array;
      /** report.wasm, which makes the report. */
      readonly wasm: Uint8Array;
    },
    undefined,
  ];
  readonly uploaded: [{ readonly id: Uint8Array; readonly accepted: boolean }, undefined];

  /** The page is about to go. */
  readonly leave: [Nothing, undefined];

  // For the pages that rights.ts is for.
  /** A reading operation's number and its encoded request; its encoded reply. */
  readonly read: [{ readonly op: number; readonly request: Uint8Array }, Uint8Array];
  readonly correct: [CorrectRequest, Ack];
  readonly import: [{ readonly snapshot: Uint8Array }, Ack];
  readonly pause: [{ readonly paused: boolean }, undefined];
  /** `of`: the purpose or item, else empty. */
  readonly erase: [
    {
      readonly scope: EraseScope;
      readonly of: string;
      readonly fromMs?: number;
      readonly toMs?: number;
    },
    undefined,
  ];
  readonly protection: [Nothing, Protection];
}

export type RequestName = keyof Exchanges;
export type RequestOf<Name extends RequestName> = { readonly name: Name } & Exchanges[Name][0];
export type Request = { [Name in RequestName]: RequestOf<Name> }[RequestName];
export type ValueOf<Name extends RequestName> = Exchanges[Name][1];

/** Asks whoever owns the vault. Rejects with a BayaError. */
export type Requester = <Name extends RequestName>(
  request: RequestOf<Name>,
) => Promise<ValueOf<Name>>;
