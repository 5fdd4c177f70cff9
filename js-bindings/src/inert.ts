// A Baya where there is no page, such as on a server that renders one.

import type { Ack, Baya, ConsentState } from './api.js';

const refused: Ack = { accepted: false, reason: 'unavailable' };
const refuse = async (): Promise<Ack> => refused;
const unknown = async (): Promise<ConsentState> => ({ asked: false, paused: false, purposes: {} });

export const inert: Baya = {
  track: refuse,
  page: refuse,
  identify: refuse,
  group: refuse,
  alias: refuse,
  reset: async () => {},
  consent: unknown,
  consentState: unknown,
  recommend: async () => [],
  on: () => () => {},
};
