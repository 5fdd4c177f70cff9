// The states in which not everything works, as the page hears of them (core/docs/states.md).

import type { Outcome } from './blob_store.js';
import type { Notice } from './messages.js';

const words = {
  memory: 'nothing can be stored',
  full: 'storage is full',
  failed: 'storage failed',
  cleared: 'another instance wrote, or storage was cleared',
  lost_events: 'some events could not be read',
  rolled_back: 'the stored profile was put back to an earlier state',
  unreadable: 'the stored profile cannot be opened',
};

export type State = keyof typeof words;

export const degraded = (code: State): Notice => ({ event: 'degraded', code, what: words[code] });

/** Of what could not be written. */
export const failureState = (written: Exclude<Outcome, 'durable'>): State =>
  written === 'aborted' ? 'cleared' : written === 'resourceExhausted' ? 'full' : 'failed';
