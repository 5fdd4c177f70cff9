import {
  type AboutTheSite,
  type Ack,
  type Baya,
  type ConsentState,
  type Explanation,
  loadRights,
  type Purpose,
  type Receipts,
  type Rights,
  whenBaya,
} from './baya.ts';
import type { Catalogue } from './catalogue.ts';
import { find, html, type Markup, setMarkup } from './markup.ts';
import {
  accessMarkup,
  cardsMarkup,
  contributionsMarkup,
  protectionMarkup,
  receiptsMarkup,
} from './my_data_view.ts';
import { notify, startPage } from './page.ts';
import { reportsMarkup, tasksMarkup } from './reports_view.ts';

const SHELF_SIZE = 8;
const SETTLE_MS = 200;
const LARGEST_IMPORT_BYTES = 16 * 1024 * 1024; // what the exported format allows

// Asks before something that cannot be undone.
function confirmErasure(question: string): Promise<boolean> {
  const dialog = find<HTMLDialogElement>('#confirm');
  find('#confirm-text').textContent = question;
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true });
  });
}

function download(text: string, name = 'my-data.json'): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

// Who asks for consent here. A shop for show has no address of its own.
function aboutTheShop(): AboutTheSite {
  const { origin } = location;
  const contact = 'whoever runs this copy of the shop';
  return {
    controller: { id: origin, name: document.title, address: origin, contact, url: origin },
    jurisdiction: 'that of whoever runs this copy of the shop',
    language: document.documentElement.lang,
    policyUrl: location.href,
  };
}

function say(ack: Ack, done: string): void {
  notify(ack.accepted ? done : `That did not work (${ack.reason.replaceAll('_', ' ')}).`);
}

function answerOf({ asked, paused, purposes }: ConsentState): string {
  if (purposes.store?.allowed) {
    return `You allowed a profile on this device${paused ? '; it is paused' : ''}.`;
  }
  return asked
    ? 'You refused a profile. Your answer and its date are noted in this browser, nothing else.'
    : 'You have not answered yet, so nothing is kept.';
}

// Without consent there is nothing to show, which is no failure.
async function orNothing<T>(work: Promise<T>, nothing: T): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if ((error as { code?: string }).code === 'permissionDenied') return nothing;
    throw error;
  }
}

class MyData {
  #timer = 0;
  readonly #shown = new Map<Element, string>();
  constructor(
    readonly baya: Baya,
    readonly rights: Rights,
    readonly catalogue: Catalogue,
  ) {}

  soon(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => attempt(this.show()), SETTLE_MS);
  }

  // Each part by itself: one that cannot be read leaves the others.
  async show(): Promise<void> {
    const parts = [
      this.#showAnswer(),
      this.#showHeld(),
      this.#showLeft(),
      this.#showWhy(),
      this.#showUse(),
      this.#showReceipts(),
    ];
    const settled = await Promise.allSettled(parts);
    find('#my-data').removeAttribute('aria-busy');
    const failed = settled.find((part) => part.status === 'rejected');
    if (failed) throw failed.reason;
  }

  async #showAnswer(): Promise<void> {
    const state = await this.baya.consentState();
    for (const button of document.querySelectorAll<HTMLElement>('[data-when-paused]')) {
      button.hidden = state.paused !== (button.dataset.whenPaused === 'true');
    }
    find('#answer').textContent = answerOf(state);
  }

  async #showUse(): Promise<void> {
    const [protection, { purposes }] = await Promise.all([
      this.rights.protection(),
      this.baya.consentState(),
    ]);
    const kept = purposes.store?.allowed === true;
    setMarkup(find('#protection'), protectionMarkup(protection, kept));
    setMarkup(find('#access'), accessMarkup(await orNothing(this.rights.accessLog(), [])));
  }

  async #showReceipts(): Promise<void> {
    const receipts = await orNothing<Pick<Receipts, 'receipts'>>(this.rights.receipts(), {
      receipts: [],
    });
    this.#update(find('#receipts'), receiptsMarkup(receipts));
  }

  async #showLeft(): Promise<void> {
    setMarkup(find('#tasks'), tasksMarkup(await this.rights.measureTasks()));
    const reports = await this.rights.reportLog().catch(() => []); // nothing may be held yet
    setMarkup(find('#left'), reportsMarkup(reports));
  }

  async #showHeld(): Promise<void> {
    const fields = await orNothing(this.rights.inventory(), []);
    this.#update(find('#cards'), cardsMarkup(fields, this.catalogue));
    const learns = !fields.some(({ field }) => field === 'learning');
    for (const button of document.querySelectorAll<HTMLElement>('[data-when-learning]')) {
      button.hidden = learns !== (button.dataset.whenLearning === 'true');
    }
    const explores = !fields.some(({ field }) => field === 'reason.exploring');
    for (const button of document.querySelectorAll<HTMLElement>('[data-when-exploring]')) {
      button.hidden = explores !== (button.dataset.whenExploring === 'true');
    }
    find('#held-count').textContent =
      fields.length === 1 ? 'One entry' : `${fields.length || 'No'} entries`;
  }

  async #showWhy(): Promise<void> {
    const ranked = await this.baya.recommend({ limit: SHELF_SIZE });
    this.#update(
      find('#why'),
      ranked.length === 0
        ? html`<p class="empty-note">The shelf is empty.</p>`
        : html`${ranked.map(
            ({ item }) =>
              html`<details data-fold="why ${item}" data-why="${item}"><summary>${this.catalogue.titleOf(item)}</summary><div class="why-parts"></div></details>`,
          )}`,
    );
  }

  // Leaves alone what has not changed, and open what the person has opened.
  #update(element: Element, markup: Markup): void {
    if (this.#shown.get(element) === markup.text) return;
    this.#shown.set(element, markup.text);
    const folds = () => [...element.querySelectorAll<HTMLDetailsElement>('details[data-fold]')];
    const open = new Set(folds().flatMap((fold) => (fold.open ? fold.dataset.fold : [])));
    setMarkup(element, markup);
    for (const fold of folds()) fold.open = open.has(fold.dataset.fold);
  }

  async explain(details: HTMLDetailsElement): Promise<void> {
    const explained = this.rights.explain(details.dataset.why ?? '');
    const { contributions } = await orNothing<Pick<Explanation, 'contributions'>>(explained, {
      contributions: [],
    });
    const titleOf = (item: string) => this.catalogue.titleOf(item);
    setMarkup(find('.why-parts', details), contributionsMarkup(contributions, titleOf));
  }

  async correct(form: HTMLFormElement): Promise<void> {
    const value = String(new FormData(form).get('value') ?? '').trim();
    const ack = await this.rights.correct(form.dataset.correct ?? '', value === '' ? null : value);
    say(ack, 'Corrected. Your word counts from now on.');
    await this.show();
  }

  async takeBack(field: string): Promise<void> {
    say(await this.rights.correct(field), 'Taken back.');
    await this.show();
  }

  async learn(learning: boolean): Promise<void> {
    await this.rights.pause({ learning: !learning });
    notify(learning ? 'Learning again.' : 'What you do from now on is not learned from.');
    await this.show();
  }

  async explore(explores: boolean): Promise<void> {
    const ack = await this.rights.correct('reason.exploring', explores ? undefined : null);
    say(ack, explores ? 'Now and then something new.' : 'Nothing new will be tried on you.');
    await this.show();
  }

  async forget(item: string): Promise<void> {
    const question = `Forget everything about ${this.catalogue.titleOf(item)}?`;
    if (!(await confirmErasure(question))) return;
    await this.rights.erase({ item });
    notify('Forgotten.');
    await this.show();
  }

  async erasePurpose(purpose: Purpose): Promise<void> {
    if (
      !(await confirmErasure('Erase what is kept for this purpose? Any but remembering also ends.'))
    )
      return;
    await this.rights.erase({ purpose });
    notify('Erased. What was kept for it alone cannot be opened any more.');
    await this.show();
  }

  async eraseAll(): Promise<void> {
    if (!(await confirmErasure('Erase your whole profile? This cannot be undone.'))) return;
    await this.rights.erase({ all: true });
    notify('Everything is erased. The keys that could open it are destroyed.');
    await this.show();
  }

  async pause(paused: boolean): Promise<void> {
    await this.rights.pause(paused);
    notify(paused ? 'Paused: nothing new is kept or used.' : 'Going on.');
    await this.show();
  }

  async import(file: File): Promise<void> {
    if (file.size > LARGEST_IMPORT_BYTES) {
      notify('That file is too large to be an export.');
      return;
    }
    say(await this.rights.import(await file.text()), 'Imported.');
    await this.show();
  }
}

const ACTIONS: Record<string, (page: MyData) => Promise<void>> = {
  export: async ({ rights }) => download(await rights.export()),
  'export-iso27560': async ({ rights }) =>
    download(await rights.exportReceipts('iso27560', aboutTheShop()), 'consent-iso27560.json'),
  'export-kantara': async ({ rights }) =>
    download(await rights.exportReceipts('kantara', aboutTheShop()), 'consent-kantara.json'),
  pause: (page) => page.pause(true),
  resume: (page) => page.pause(false),
  'stop-learning': (page) => page.learn(false),
  learn: (page) => page.learn(true),
  'stop-exploring': (page) => page.explore(false),
  explore: (page) => page.explore(true),
  'erase-all': (page) => page.eraseAll(),
};

function onClick(page: MyData, event: Event): void {
  const button = (event.target as Element).closest<HTMLElement>('button');
  const action = button?.dataset.action ?? '';
  if (Object.hasOwn(ACTIONS, action)) attempt(ACTIONS[action]?.(page));
  if (button?.dataset.forget) attempt(page.forget(button.dataset.forget));
  if (button?.dataset.takeBack) attempt(page.takeBack(button.dataset.takeBack));
}

function onSubmit(page: MyData, event: Event): void {
  const form = event.target as HTMLFormElement;
  if (form.dataset.correct) {
    event.preventDefault();
    attempt(page.correct(form));
  }
  if (form.id === 'erase-purpose') {
    event.preventDefault();
    attempt(page.erasePurpose(String(new FormData(form).get('purpose')) as Purpose));
  }
}

// What the person asked for either happens or is said not to have.
async function attempt(work: Promise<unknown> | undefined): Promise<void> {
  try {
    await work;
  } catch (error) {
    notify(`That did not work: ${error instanceof Error ? error.message : 'unknown reason'}.`);
  }
}

function listen(page: MyData): void {
  const main = find<HTMLElement>('#my-data');
  main.addEventListener('click', (event) => onClick(page, event));
  main.addEventListener('submit', (event) => onSubmit(page, event));
  main.addEventListener(
    'toggle',
    (event) => {
      const details = event.target as HTMLDetailsElement;
      if (details.open && details.dataset.why) attempt(page.explain(details));
    },
    true,
  );
  find<HTMLInputElement>('#import').addEventListener('change', (event) => {
    const [file] = (event.target as HTMLInputElement).files ?? [];
    if (file) attempt(page.import(file));
  });
  page.baya.on('change', () => page.soon());
  document.addEventListener('privacy', () => page.soon());
}

startPage(async (catalogue) => {
  const baya = await whenBaya();
  const rights = await (baya && loadRights(baya).catch(() => undefined));
  if (!baya || !rights) {
    find('#answer').textContent =
      'Personalization is not loaded in this browser, so nothing can be shown or kept right now.';
    find<HTMLElement>('#my-data-body').hidden = true;
    find('#my-data').removeAttribute('aria-busy');
    return;
  }
  const page = new MyData(baya, rights, catalogue);
  listen(page);
  await attempt(page.show());
});
