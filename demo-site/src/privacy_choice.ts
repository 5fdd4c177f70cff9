// The question whether the shop may keep a profile on the device, and the way to answer it anew.
import { type Baya, type ConsentState, type Purpose, whenBaya } from './baya.ts';
import { loadShop } from './catalogue.ts';
import { find, html, type Markup, setMarkup } from './markup.ts';

// Changes whenever a word below does; receipts name it.
const TEXT_VERSION = '2025-11-01';

interface Offered {
  purpose: Purpose;
  title: string;
  words: string;
}

const PURPOSES: Offered[] = [
  {
    purpose: 'store',
    title: 'Keep a profile on this device',
    words:
      'What you look at, buy, like and search here, encrypted, in this browser alone. We never see it.',
  },
  {
    purpose: 'personalize',
    title: 'Let it choose what you see first',
    words: 'This browser sorts our shelf for you and says why. Needs the profile.',
  },
];

const MEASURE: Offered = {
  purpose: 'measure',
  title: 'Count you in totals',
  words: 'Your device contributes to sums that nobody can take apart.',
};

export function choiceMarkup(offered: Offered[], state: ConsentState | undefined): Markup {
  const allowed = (purpose: Purpose) => state?.asked && state.purposes[purpose]?.allowed;
  return html`<div class="choice-inner">
    <div class="choice-text">
      <h2 id="choice-title">May this browser remember what you like?</h2>
      <p>We can keep a profile for you <strong>on this device only</strong>, so that the shelf shows
      more of what suits you. It does not leave the device. The shop works the same without it, and
      you can change your mind any time under <em>Privacy</em>.</p>
    </div>
    <form id="choice-form" hidden>
      <fieldset><legend>Choose what you allow</legend>
      ${offered.map(
        ({ purpose, title, words }) => html`<label class="purpose">
          <input type="checkbox" name="${purpose}"${allowed(purpose) ? html` checked` : ''}>
          <span><strong>${title}</strong><span class="purpose-words">${words}</span></span></label>`,
      )}</fieldset>
      <button type="submit">Save my choice</button>
    </form>
    <div class="choice-buttons">
      <button type="button" data-choice="accept">Allow</button>
      <button type="button" data-choice="refuse">Refuse</button>
      <button type="button" data-choice="choose" aria-expanded="false" aria-controls="choice-form">Choose</button>
    </div>
  </div>`;
}

class PrivacyChoice {
  readonly #panel = find<HTMLElement>('#privacy-choice');
  #offered: Offered[] = PURPOSES;
  #opener: HTMLElement | undefined;
  readonly #baya: Baya;
  readonly #notify: (text: string) => void;

  constructor(baya: Baya, notify: (text: string) => void) {
    this.#baya = baya;
    this.#notify = notify;
    this.#panel.addEventListener('click', (event) => this.#onClick(event));
    this.#panel.addEventListener('submit', (event) => this.#onSubmit(event));
    this.#panel.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.#opener) this.#close();
    });
  }

  async start(): Promise<void> {
    const shop = await loadShop().catch(() => undefined);
    if (shop?.measure) this.#offered = [...PURPOSES, MEASURE];
    const state = await this.#baya.consentState();
    if (!state.asked) this.#show(state);
  }

  // Again, because the person wants to; the keyboard goes there and comes back.
  async open(opener: HTMLElement): Promise<void> {
    this.#opener = opener;
    this.#show(await this.#baya.consentState());
    this.#toggleForm(true);
    find<HTMLElement>('input, button', this.#panel).focus();
  }

  #show(state: ConsentState): void {
    setMarkup(this.#panel, choiceMarkup(this.#offered, state));
    this.#panel.hidden = false;
    document.body.classList.add('asking');
  }

  #close(): void {
    this.#panel.hidden = true;
    document.body.classList.remove('asking');
    this.#opener?.focus();
    this.#opener = undefined;
  }

  #toggleForm(open: boolean): void {
    find<HTMLElement>('#choice-form', this.#panel).hidden = !open;
    find('[data-choice="choose"]', this.#panel).setAttribute('aria-expanded', String(open));
  }

  #onClick(event: Event): void {
    const target = event.target instanceof Element ? event.target : undefined;
    const choice = target?.closest<HTMLElement>('[data-choice]')?.dataset.choice;
    if (choice === 'accept') this.#decide(() => true);
    if (choice === 'refuse') this.#decide(() => false);
    if (choice === 'choose') {
      const form = find<HTMLElement>('#choice-form', this.#panel);
      this.#toggleForm(form.hidden === true);
      if (!form.hidden) find<HTMLElement>('input', form).focus();
    }
  }

  #onSubmit(event: Event): void {
    event.preventDefault();
    const form = find<HTMLFormElement>('#choice-form', this.#panel);
    const chosen = new FormData(form);
    this.#decide((purpose) => chosen.has(purpose));
  }

  async #decide(allows: (purpose: Purpose) => boolean): Promise<void> {
    const choice = Object.fromEntries(
      this.#offered.map(({ purpose }) => [purpose, allows(purpose)]),
    );
    this.#close();
    const state = await this.#baya.consent(choice, { version: TEXT_VERSION });
    this.#notify(answerTo(state));
    document.dispatchEvent(new CustomEvent('privacy'));
  }
}

function answerTo({ asked, purposes }: ConsentState): string {
  if (purposes.store?.allowed) {
    return 'Thank you. Your profile stays on this device; see it under My data.';
  }
  if (asked) return 'Nothing is kept. You will not be asked again.';
  return 'Nothing is kept: your choice could not be taken. Please try again later.';
}

// Asks if nobody has answered yet. Without the package there is nothing to ask about.
export async function startPrivacyChoice(notify: (text: string) => void): Promise<void> {
  const arriving = whenBaya().then((baya) => baya && new PrivacyChoice(baya, notify));
  for (const link of document.querySelectorAll<HTMLElement>('[data-open="privacy"]')) {
    link.addEventListener('click', async () => {
      const choice = await arriving;
      if (choice) await choice.open(link);
      else notify('Personalization is not loaded, so nothing is kept about you.');
    });
  }
  const choice = await arriving;
  await choice?.start();
}
