// What every page does: the cart's count, buttons on cards, notices, the privacy choice.
import { type Ack, loadRights, whenBaya } from './baya.ts';
import { addToCart, cartCount } from './cart.ts';
import { type Catalogue, loadCatalogue, type Product } from './catalogue.ts';
import * as events from './events.ts';
import { find } from './markup.ts';
import { startPrivacyChoice } from './privacy_choice.ts';

const NOTICE_MS = 5000;

let noticeTimer = 0;

// Says it to everybody: in a corner and to a screen reader.
export function notify(text: string): void {
  const notice = find<HTMLElement>('#notice');
  notice.textContent = text;
  notice.classList.add('shown');
  clearTimeout(noticeTimer);
  noticeTimer = window.setTimeout(() => notice.classList.remove('shown'), NOTICE_MS);
}

function showCartCount(): void {
  const count = cartCount();
  find('#cart-count').textContent = String(count);
  find('#cart-unit').textContent = count === 1 ? ' item' : ' items';
}

export function notKept(ack: Ack): string {
  if (ack.accepted) return '';
  return ack.reason === 'no_consent' || ack.reason === 'unavailable'
    ? 'Noted for now, but not kept: you have not allowed a profile on this device.'
    : `Not kept (${ack.reason.replaceAll('_', ' ')}).`;
}

async function add(product: Product): Promise<void> {
  addToCart(product.item, 1);
  notify(`${product.title} is in your cart.`);
  await events.added(product, 1);
}

async function giveOpinion(product: Product, button: HTMLElement, like: boolean): Promise<void> {
  const area = button.closest('[data-item]');
  for (const other of area?.querySelectorAll('[aria-pressed]') ?? []) {
    other.setAttribute('aria-pressed', String(other === button));
  }
  area?.classList.toggle('unwanted', !like);
  const ack = await (like ? events.liked(product) : events.disliked(product));
  const done = like
    ? `You like ${product.title}.`
    : `${product.title} will not be suggested to you again.`;
  notify(notKept(ack) || done);
}

async function mute(field: string): Promise<void> {
  const baya = await whenBaya();
  if (!baya) return;
  const ack = await (await loadRights(baya)).correct(field, null);
  notify(notKept(ack) || 'Nothing is suggested because of that any more. Undo it under My data.');
}

function onClick(catalogue: Catalogue, event: Event): void {
  if (!(event.target instanceof Element)) return;
  const muted = event.target.closest<HTMLElement>('[data-mute]')?.dataset.mute;
  if (muted) {
    mute(muted).catch(() => notify('That did not work. Please try again in a moment.'));
    return;
  }
  const product = catalogue.find(
    event.target.closest<HTMLElement>('[data-item]')?.dataset.item ?? '',
  );
  if (!product) return;
  if (event.target.closest('a.card-link')) events.clicked(product);
  const button = event.target.closest<HTMLElement>('button[data-action]');
  if (button?.dataset.action === 'add') add(product);
  if (button?.dataset.action === 'like') giveOpinion(product, button, true);
  if (button?.dataset.action === 'dislike') giveOpinion(product, button, false);
}

// Runs the page's own part once the catalogue is there.
export async function startPage(own: (catalogue: Catalogue) => void): Promise<void> {
  showCartCount();
  document.addEventListener('cart', showCartCount);
  startPrivacyChoice(notify);
  try {
    const catalogue = await loadCatalogue();
    document.addEventListener('click', (event) => onClick(catalogue, event));
    own(catalogue);
  } catch {
    notify('The shop could not be loaded. Please try again in a moment.');
  }
}
