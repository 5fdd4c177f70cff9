import { productAddress } from './card.ts';
import { cartLines, filled, type Line, setQuantity, totalOf } from './cart.ts';
import { type Catalogue, formatPrice, type Product } from './catalogue.ts';
import * as events from './events.ts';
import { find, html, type Markup, raw, setMarkup } from './markup.ts';
import { notify, startPage } from './page.ts';
import { pictureOf } from './pictures/index.ts';
import { startShelf } from './shelf.ts';

const SHELF_SIZE = 6;

function row({ product, quantity }: Line & { product: Product }): Markup {
  return html`<li class="cart-line" data-line="${product.item}">
    <span class="picture small">${raw(pictureOf(product))}</span>
    <div class="cart-words"><a href="${productAddress(product)}">${product.title}</a>
      <span class="brand">${formatPrice(product.priceMinor, product.currency)} each</span></div>
    <label class="cart-quantity"><span class="hidden">Quantity of ${product.title}</span>
      <input type="number" inputmode="numeric" min="0" max="20" value="${quantity}"></label>
    <span class="price">${formatPrice(product.priceMinor * quantity, product.currency)}</span>
    <button type="button" class="quiet" data-remove aria-label="Remove ${product.title}">Remove</button>
  </li>`;
}

function cartMarkup(catalogue: Catalogue): Markup {
  const lines = filled(catalogue, cartLines());
  const currency = lines[0]?.product.currency;
  if (!currency) {
    return html`<div class="empty"><p>Your cart is empty.</p><p><a class="button" href="/">Look around</a></p></div>`;
  }
  return html`<ul class="cart-lines">${lines.map(row)}</ul>
    <div class="cart-total"><p>Total <strong class="price big">${formatPrice(
      totalOf(catalogue, cartLines()),
      currency,
    )}</strong></p><p class="fine">Delivery is free. The cart lasts until you close this tab.</p>
    <a class="button" href="/checkout.html">To the checkout</a></div>`;
}

function change(catalogue: Catalogue, item: string, quantity: number): void {
  const before = cartLines().find((line) => line.item === item)?.quantity ?? 0;
  const product = catalogue.find(item);
  setQuantity(item, quantity);
  if (!product) return;
  if (quantity < before) {
    events.removed(product, before - quantity);
    notify(quantity === 0 ? `${product.title} is out of your cart.` : 'Your cart has changed.');
  } else if (quantity > before) {
    events.added(product, quantity - before);
  }
}

startPage((catalogue) => {
  const cart = find<HTMLElement>('#cart');
  const show = () => {
    const focused = document.activeElement?.closest<HTMLElement>('[data-line]')?.dataset.line;
    setMarkup(cart, cartMarkup(catalogue));
    const lines = [...cart.querySelectorAll<HTMLElement>('[data-line]')];
    lines
      .find((line) => line.dataset.line === focused)
      ?.querySelector('input')
      ?.focus();
  };
  const lineOf = (event: Event) =>
    (event.target as Element).closest<HTMLElement>('[data-line]')?.dataset.line;
  show();
  document.addEventListener('cart', show);
  cart.addEventListener('change', (event) => {
    const item = lineOf(event);
    const input = event.target as HTMLInputElement;
    if (item && input.checkValidity()) change(catalogue, item, Number(input.value) || 0);
  });
  cart.addEventListener('click', (event) => {
    const item = lineOf(event);
    if (!item || !(event.target as Element).closest('[data-remove]')) return;
    change(catalogue, item, 0);
    find<HTMLElement>('h1').focus();
  });
  startShelf(catalogue, SHELF_SIZE);
});
