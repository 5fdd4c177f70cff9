// The "For you" shelf: ranked by the package on this device, or the first products of the shop.
import { type Recommendation, whenBaya } from './baya.ts';
import { productCard } from './card.ts';
import { cartLines } from './cart.ts';
import type { Catalogue } from './catalogue.ts';
import { shelfShown } from './events.ts';
import { find, html, type Markup, setMarkup } from './markup.ts';
import { type MainReason, mainReason } from './reasons.ts';

const SETTLE_MS = 150;

function offline(
  catalogue: Catalogue,
  limit: number,
): { title: string; note: string; cards: Markup[] } {
  return {
    title: 'From our shop',
    note: '',
    cards: catalogue.products.slice(0, limit).map((product) => productCard(product)),
  };
}

// To nobody in particular only what the shop promotes is told: the title says the rest.
function shownReason(entry: Recommendation, titleOf: (item: string) => string): MainReason {
  const promoted = entry.reasons.some(({ code }) => code === 'promoted');
  return entry.personal || promoted ? mainReason(entry, titleOf) : { words: '', field: '' };
}

export function shelfContent(
  catalogue: Catalogue,
  ranked: Recommendation[] | undefined,
  limit: number,
): { title: string; note: string; cards: Markup[] } {
  const known = (ranked ?? []).flatMap((entry) => {
    const product = catalogue.find(entry.item);
    return product ? [{ entry, product }] : [];
  });
  if (known.length === 0) return offline(catalogue, limit);
  const personal = known.some(({ entry }) => entry.personal);
  const titleOf = (item: string) => catalogue.titleOf(item);
  return {
    title: personal ? 'For you' : 'Popular right now',
    note: personal ? 'Chosen by this browser, from what stays on this device.' : '',
    cards: known.map(({ entry, product }) => productCard(product, shownReason(entry, titleOf))),
  };
}

async function rank(limit: number, exclude: string[]): Promise<Recommendation[] | undefined> {
  const baya = await whenBaya();
  return baya?.recommend({ limit, exclude }).catch(() => undefined);
}

class Shelf {
  #timer = 0;
  #shown = '';
  constructor(
    readonly element: HTMLElement,
    readonly catalogue: Catalogue,
    readonly limit: number,
    readonly without: string[],
  ) {}

  soon(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.show(), SETTLE_MS);
  }

  async show(): Promise<void> {
    const exclude = [...this.without, ...cartLines().map(({ item }) => item)];
    const ranked = await rank(this.limit, exclude);
    const { title, note, cards } = shelfContent(this.catalogue, ranked, this.limit);
    const markup = html`<div class="shelf-head"><h2>${title}</h2>${
      note && html`<p>${note} <a href="/my-data.html">See what it knows</a></p>`
    }</div><ul class="cards shelf-cards">${cards}</ul>`;
    if (markup.text === this.#shown) return;
    this.#shown = markup.text;
    const focused = this.#focusedItem();
    setMarkup(this.element, markup);
    this.element.removeAttribute('aria-busy');
    const personal = (ranked ?? []).filter((entry) => entry.personal);
    if (personal.length > 0) shelfShown(personal);
    if (focused) find<HTMLElement>('.card-link', this.element).focus();
  }

  // The keyboard must not fall off a card that leaves.
  #focusedItem(): boolean {
    return this.element.contains(document.activeElement);
  }
}

export function startShelf(catalogue: Catalogue, limit: number, without: string[] = []): void {
  const shelf = new Shelf(find<HTMLElement>('#shelf'), catalogue, limit, without);
  shelf.show();
  document.addEventListener('privacy', () => shelf.soon());
  document.addEventListener('cart', () => shelf.soon());
  whenBaya().then((baya) => baya?.on('change', () => shelf.soon()));
}
