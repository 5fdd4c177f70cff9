// What a page sees. Nothing here throws, and no promise rejects.

import type { ChoiceOf } from './requests.js';
import type { CallOptions } from './verbs.js';

export type { CallOptions } from './verbs.js';

/** `partner:ID` for a partner's; the others are the same for every site. */
export type Purpose =
  | 'store'
  | 'personalize'
  | 'measure'
  | 'train'
  | 'sync'
  | 'location'
  | `partner:${number}`;

export interface Config {
  /** The signed site pack, the same for every visitor. */
  readonly pack: string;
  /** The Ed25519 public key that signed it, base64url. */
  readonly signer: string;
  /** The site that the pack has to be for; without it the first pack that is set says it. */
  readonly site?: string;
  /** dist/worker.js on the page's own origin; "/baya/worker.js" by default. */
  readonly worker?: string;
  /** dist/engine.wasm of the same release; "/baya/engine.wasm" by default. */
  readonly engine?: string;
  /** dist/report.wasm likewise, loaded when a report is due; "/baya/report.wasm" by default. */
  readonly reports?: string;
  /** Whether Google Consent Mode is read from window.dataLayer; true by default. */
  readonly dataLayer?: boolean;
  /** Whether measurements made for tests, maybe without noise, are taken. Never by the tag. */
  readonly testTasks?: boolean;
}

/** Whether an event is durable, or why it is not held. */
export type Ack =
  | { readonly accepted: true }
  | {
      readonly accepted: false;
      /**
       * no_consent; invalid: the engine does not take it; duplicate: its message id was here
       * before; quota: storage is full; not_stored: it counts for this page alone; unavailable:
       * a file was blocked or storage failed; otherwise as core/profile/reject.h.
       */
      readonly reason: string;
    };

export interface ConsentState {
  /** A choice about `store` has been made or heard: no banner is needed. */
  readonly asked: boolean;
  /** The person has paused every use. */
  readonly paused: boolean;
  readonly purposes: Readonly<
    Record<string, { readonly allowed: boolean; readonly reason: string }>
  >;
}

export interface ConsentReply extends ConsentState {
  /**
   * Why what was granted does not count, such as a consent text that the site pack does not have;
   * for whoever builds the site, who is warned of it in the console. What was refused is refused.
   */
  readonly problem?: string;
}

export interface Reason {
  /**
   * "exploring" comes first where the place tries out a category that is new to the person: say it
   * in `exploring` of this product when the list is tracked as viewed, so that it is learned from.
   */
  readonly code: string;
  /** The item or attribute it is about. */
  readonly because?: string;
  /** Of the score, in [0, 1]. */
  readonly share: number;
}

export interface Recommendation {
  readonly item: string;
  /** Whether the profile had a part in it. */
  readonly personal: boolean;
  readonly reasons: readonly Reason[];
}

export interface RecommendRequest {
  /** 10 by default. */
  readonly limit?: number;
  readonly exclude?: readonly string[];
  /** May fill the shelf; without it no category has more than three places in ten. */
  readonly category?: string;
  /** Where the page is: without it only what is sold everywhere. */
  readonly region?: string;
  /** The page has asked for the age: items for adults may appear. */
  readonly adult?: boolean;
  /** By score alone: no caps, variety, promotions or exploring. */
  readonly plain?: boolean;
}

export type EventName = 'ready' | 'change' | 'degraded';

/** What does not work; core/docs/states.md says what each means for the page. */
export type DegradedCode =
  | 'memory'
  | 'full'
  | 'failed'
  | 'cleared'
  | 'lost_events'
  | 'rolled_back'
  | 'unreadable'
  | 'stopped';

/**
 * `what` says in a word or two what changed, or what does not work; `code` comes with `degraded`,
 * for programs.
 */
export type Listener = (detail: { readonly what: string; readonly code?: DegradedCode }) => void;

export interface Baya {
  /** (event, properties?, options?) */
  track(
    event: string,
    properties?: object | null,
    options?: CallOptions,
    callback?: (ack: Ack) => void,
  ): Promise<Ack>;
  /** (category?, name?, properties?, options?) */
  page(...args: unknown[]): Promise<Ack>;
  /** (userId?, traits?, options?) */
  identify(...args: unknown[]): Promise<Ack>;
  /** (groupId, traits?, options?) */
  group(...args: unknown[]): Promise<Ack>;
  /** (userId, previousId?, options?): the person is known by this name as well. */
  alias(...args: unknown[]): Promise<Ack>;
  /**
   * Forgets who the person is, as Segment's does: user id, group and traits, from the device too.
   * What was done on it and the consent stay; `erase` of rights.ts is for those.
   */
  reset(): Promise<void>;
  /** One press of a button. `version` is the consent text's, as in the site pack. */
  consent(choice: ChoiceOf<Purpose>, text?: { readonly version: string }): Promise<ConsentReply>;
  consentState(): Promise<ConsentState>;
  /** The best first; without consent, what is popular. */
  recommend(request?: RecommendRequest): Promise<Recommendation[]>;
  /** Returns what ends it. */
  on(event: EventName, listener: Listener): () => void;
}
