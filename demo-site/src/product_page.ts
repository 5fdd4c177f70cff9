import { opinionButtons, productCard } from './card.ts';
import { addToCart } from './cart.ts';
import { type Catalogue, capital, formatPrice, type Product } from './catalogue.ts';
import * as events from './events.ts';
import { find, html, type Markup, raw, setMarkup } from './markup.ts';
import { notify, startPage } from './page.ts';
import { pictureOf } from './pictures/index.ts';
import { addressOf } from './query.ts';
import { startShelf } from './shelf.ts';

const MORE = 6;

function crumbs(product: Product): Markup {
  return html`<nav class="crumbs" aria-label="You are here"><ol><li><a href="/">Shop</a></li>${product.categories
    .slice(0, 1)
    .map(
      (category) => html`<li><a href="${addressOf({ category })}">${capital(category)}</a></li>`,
    )}<li aria-current="page">${product.title}</li></ol></nav>`;
}

function detail(product: Product): Markup {
  return html`${crumbs(product)}<article class="product" data-item="${product.item}">
    <div class="picture large">${raw(pictureOf(product))}</div>
    <div class="product-text">
      ${product.brand && html`<p class="brand">${product.brand}</p>`}
      <h1>${product.title}</h1>
      <p class="price big">${formatPrice(product.priceMinor, product.currency)}</p>
      <form id="buy">
        <label for="quantity">Quantity</label>
        <input id="quantity" name="quantity" type="number" inputmode="numeric" min="1" max="20" value="1" required>
        <label class="gift"><input type="checkbox" name="gift"> <span>A gift: do not learn from it</span></label>
        <button type="submit">Add to cart</button>
      </form>
      <div class="opinions">${opinionButtons(product)}<span class="opinions-words">Tell this browser what you think of it.</span></div>
      ${
        product.tags.length > 0 &&
        html`<ul class="tag-list" aria-label="Good for">${product.tags.map(
          (tag) => html`<li><a href="${addressOf({ tags: [tag] })}">${tag}</a></li>`,
        )}</ul>`
      }
      <p class="fine">Item ${product.item}. Delivered in two to four days; send it back within thirty.</p>
    </div>
  </article>`;
}

function moreOf(catalogue: Catalogue, product: Product): Markup | '' {
  const [category] = product.categories;
  if (!category) return '';
  const others = catalogue.products.filter(
    (other) => other.item !== product.item && other.categories.includes(category),
  );
  if (others.length === 0) return '';
  const start = catalogue.products.indexOf(product) % others.length;
  const shown = [...others.slice(start), ...others.slice(0, start)].slice(0, MORE);
  return html`<div class="shelf-head"><h2>More in ${capital(category)}</h2></div><ul class="cards shelf-cards">${shown.map(
    (other) => productCard(other),
  )}</ul>`;
}

startPage((catalogue) => {
  const product = catalogue.find(new URLSearchParams(location.search).get('item'));
  if (!product) {
    setMarkup(
      find('#product'),
      html`<h1>We do not have this</h1><p>It may be sold out. <a href="/">See everything</a></p>`,
    );
    startShelf(catalogue, MORE);
    return;
  }
  document.title = `${product.title} \u2013 ${document.title}`;
  setMarkup(find('#product'), detail(product));
  setMarkup(find('#more'), html`${moreOf(catalogue, product)}`);
  find<HTMLFormElement>('#buy').addEventListener('submit', (event) => {
    event.preventDefault();
    const quantity = Number(find<HTMLInputElement>('#quantity').value) || 1;
    const gift = find<HTMLInputElement>('#buy [name="gift"]').checked;
    addToCart(product.item, quantity, gift);
    notify(`${product.title} is in your cart.`);
    events.added(product, quantity, gift);
  });
  events.viewed(product);
  startShelf(catalogue, MORE, [product.item]);
});
