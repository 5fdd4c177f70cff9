// What load() gives the page. Cheap: it stores and fetches nothing until a call needs the engine,
// and nothing but static files, the same for every visitor, before there is consent.

import type {
  Ack,
  Baya,
  Config,
  ConsentReply,
  ConsentState,
  EventName,
  Listener,
  Purpose,
  Recommendation,
  RecommendRequest,
} from './api.js';
import { callText } from './call_record.js';
import {
  type ChoiceRecord,
  encodeChoice,
  findChoice,
  isOpen,
  readChoice,
  writeChoice,
} from './choice_record.js';
import { storeVote, watchDataLayer } from './consent_mode.js';
import { deleteVault } from './delete_vault.js';
import { Listeners, shielded } from './events.js';
import type { Choice, ConsentModeSetting, SignalsRequest } from './generated/ops.js';
import type { Notice } from './messages.js';
import { globalPrivacyControl } from './privacy_control.js';
import { type ChoiceOf, EraseScope } from './requests.js';
import { Service } from './service.js';
import { serviceKey } from './service_key.js';
import { asBayaError, type BayaError } from './status.js';
import {
  callbackOf,
  newMessageId,
  type ReadCall,
  readCall,
  timeOf,
  type VerbName,
} from './verbs.js';

const invalid: Ack = { accepted: false, reason: 'invalid' };
const unavailable: Ack = { accepted: false, reason: 'unavailable' };
const defaultLimit = 10;

export function createBaya(config: Config): Baya {
  const page = new Page(config);
  const verb =
    (name: VerbName) =>
    (...args: unknown[]) =>
      page.take(name, args);
  const api: Baya = {
    track: verb('track'),
    page: verb('page'),
    identify: verb('identify'),
    group: verb('group'),
    alias: verb('alias'),
    reset: () => page.reset(),
    consent: (choice, text) => page.consent(choice, text),
    consentState: () => page.consentState(),
    recommend: (request) => page.recommend(request),
    on: (event, listener) => page.on(event, listener),
  };
  return Object.defineProperty(api, serviceKey, { value: page.service });
}

class Page {
  readonly service: Service;
  readonly #listeners = new Listeners();
  readonly #consentMode: ConsentModeSetting[] = [];
  #warnedOf = '';
  #chosen = false; // on this page, so that the record may come any moment
  #found: Promise<ChoiceRecord | undefined> | undefined;

  constructor(config: Config) {
    const { pack, signer, site = '', testTasks = false } = config;
    const { worker = '/baya/worker.js', engine = '/baya/engine.wasm' } = config;
    const { reports = '/baya/report.wasm' } = config;
    this.service = new Service(
      { pack, signer, site, worker, engine, reports, testTasks: testTasks === true },
      () => this.#signals(),
      (notice) => this.#receive(notice),
    );
    if (config.dataLayer !== false) watchDataLayer((settings) => this.#hear(settings));
  }

  on(event: EventName, listener: Listener): () => void {
    return this.#listeners.on(event, listener);
  }

  async take(verb: VerbName, args: readonly unknown[]): Promise<Ack> {
    const done = callbackOf(args);
    let ack: Ack;
    try {
      const call = readCall(verb, args);
      const text = call && textOf(call); // now: the page may change its objects afterwards
      ack = text === undefined ? invalid : await this.#send(text);
    } catch {
      ack = invalid;
    }
    if (done !== undefined) shielded(done, ack);
    return ack;
  }

  async reset(): Promise<void> {
    if (!(await this.#mayHold())) return;
    await this.service.ask({ name: 'erase', scope: EraseScope.identity, of: '' }).catch(() => {});
  }

  async consent(
    choice: ChoiceOf<Purpose>,
    text?: { readonly version: string },
  ): Promise<ConsentReply> {
    this.#chosen = true;
    const choices = choicesOf(choice);
    const version = text?.version === undefined ? '' : String(text.version);
    try {
      const state = await this.#choose(choices, version);
      const stores = choices.some(({ purpose, granted }) => purpose === 'store' && granted);
      if (stores && state.purposes.store?.allowed) askToPersist();
      return state;
    } catch (error) {
      return this.#withoutGrant(choices, version, asBayaError(error));
    }
  }

  consentState(): Promise<ConsentState> {
    return this.service.ask({ name: 'consentState' }).catch(() => this.#stateWithoutEngine());
  }

  async recommend(request?: RecommendRequest): Promise<Recommendation[]> {
    try {
      const { limit = defaultLimit, exclude = [], category, region, adult, plain } = request ?? {};
      return await this.service.ask({
        name: 'recommend',
        limit,
        exclude: exclude.map(String),
        category: String(category ?? ''),
        region: String(region ?? ''),
        adult: adult === true,
        plain: plain === true,
      });
    } catch {
      return [];
    }
  }

  async #send(call: string): Promise<Ack> {
    if (!(await this.#mayHold())) return { accepted: false, reason: 'no_consent' };
    return this.service.ask({ name: 'take', call }).catch(() => unavailable);
  }

  // Whether there can be a consent at all. Without one there is nothing to load the engine for.
  async #mayHold(): Promise<boolean> {
    if (this.#chosen || this.#consentMode.some((setting) => storeVote([setting]))) {
      return true;
    }
    // Looked for once: what comes later, in another tab, is in the record.
    this.#found ??= findChoice();
    return isOpen(readChoice() ?? (await this.#found));
  }

  #signals(): SignalsRequest {
    const consentMode = [...this.#consentMode];
    return {
      choices: [],
      textVersion: '',
      globalPrivacyControl: globalPrivacyControl(),
      consentMode,
    };
  }

  #tell(what: Partial<SignalsRequest>): Promise<ConsentState> {
    return this.service.ask({ name: 'signals', ...this.#signals(), consentMode: [], ...what });
  }

  #choose(choices: readonly Choice[], textVersion = ''): Promise<ConsentState> {
    return this.#tell({ choices, textVersion });
  }

  #hear(consentMode: readonly ConsentModeSetting[]): void {
    this.#consentMode.push(...consentMode);
    const withdraws = storeVote(consentMode) === false && isOpen(readChoice());
    if (!this.service.started && !withdraws) return; // it is told when the engine starts
    this.#tell({ consentMode }).catch(() => {});
  }

  #receive({ event, ...detail }: Notice): void {
    this.#listeners.emit(event, detail);
  }

  async #withoutGrant(
    choices: readonly Choice[],
    version: string,
    { code, message }: BayaError,
  ): Promise<ConsentReply> {
    const isOtherText = code === 'failedPrecondition' && version !== '' && this.service.started;
    for (const choice of choices) if (!choice.granted) await this.#refuse(choice);
    const state = await this.consentState();
    if (choices.every(({ granted }) => !granted)) return state;
    const problem = isOtherText
      ? 'the site pack has no consent text of that version; show the one in its plan, name its version'
      : message;
    if (problem !== this.#warnedOf) console.warn(`baya: nothing was granted: ${problem}`);
    this.#warnedOf = problem;
    return { ...state, problem };
  }

  // Nothing that is wrong with a grant, nor a blocked engine, keeps anybody from refusing.
  async #refuse(choice: Choice): Promise<void> {
    try {
      await this.#choose([choice]);
    } catch {
      if (choice.purpose === 'store') await this.#refuseWithoutEngine();
    }
  }

  async #refuseWithoutEngine(): Promise<void> {
    const refuse = () => writeChoice(encodeChoice('refused', Date.now()));
    if (!isOpen(readChoice())) {
      refuse();
      return;
    }
    writeChoice(encodeChoice('erasing', Date.now()));
    await deleteVault().then(refuse, () => {});
  }

  #stateWithoutEngine(): ConsentState {
    return { asked: readChoice() !== undefined, paused: false, purposes: {} };
  }
}

// That the browser does not evict the profile when space is short. Firefox asks the person, which
// is why it waits for their own grant; nothing waits for the answer.
function askToPersist(): void {
  navigator.storage?.persist?.().catch(() => {});
}

function textOf({ verb, name, properties, options }: ReadCall): string {
  const sentMs = Date.now();
  return callText({
    verb,
    name,
    properties,
    messageId: options.messageId ?? newMessageId(),
    timeMs: timeOf(options, sentMs),
    sentMs,
  });
}

const choicesOf = (choice: unknown): Choice[] =>
  Object.entries(choice ?? {})
    .filter(([, granted]) => typeof granted === 'boolean')
    .map(([purpose, granted]) => ({ purpose, granted }));
