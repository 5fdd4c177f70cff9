// A product among others.
import { formatPrice, type Product } from './catalogue.ts';
import { html, type Markup, raw } from './markup.ts';
import { pictureOf } from './pictures/index.ts';
import type { MainReason } from './reasons.ts';

export const productAddress = (product: Product): string =>
  `/product.html?item=${encodeURIComponent(product.item)}`;

const LIKE_ICON = raw(
  '<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M10 17C4 13 2 10 2.3 7 2.7 3.5 7.5 2.5 10 6c2.5-3.5 7.3-2.5 7.7 1 .3 3-1.7 6-7.7 10z"/></svg>',
);
const DISLIKE_ICON = raw(
  '<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M5 5l10 10M15 5L5 15"/></svg>',
);

export function opinionButtons(product: Product): Markup {
  return html`<button type="button" class="icon" data-action="like" aria-pressed="false" aria-label="Like ${product.title}" title="I like this">${LIKE_ICON}</button
    ><button type="button" class="icon" data-action="dislike" aria-pressed="false" aria-label="Not for me: ${product.title}" title="Not for me">${DISLIKE_ICON}</button>`;
}

// A line under the price, and what makes it no reason any more.
function reasonLine({ words, field }: MainReason): Markup | '' {
  if (words === '') return '';
  const mute =
    field &&
    html` <button type="button" class="textlink" data-mute="${field}" aria-label="Not this reason: ${words}">Not this reason</button>`;
  return html`<p class="reason">${words}${mute}</p>`;
}

export function productCard(
  product: Product,
  reason: MainReason = { words: '', field: '' },
): Markup {
  return html`<li class="card" data-item="${product.item}">
    <a class="card-link" href="${productAddress(product)}">
      <span class="picture">${raw(pictureOf(product))}</span>
      <span class="card-title">${product.title}</span>
    </a>
    <p class="card-foot"><span class="price">${formatPrice(product.priceMinor, product.currency)}</span>${
      product.brand && html` <span class="brand">${product.brand}</span>`
    }</p>
    ${reasonLine(reason)}
    <div class="card-actions">
      <button type="button" class="small" data-action="add">Add to cart<span class="hidden">: ${product.title}</span></button>
      ${opinionButtons(product)}
    </div>
  </li>`;
}
