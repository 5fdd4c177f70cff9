import { whenBaya } from './baya.ts';
import { cartLines, filled, placeOrder, totalOf } from './cart.ts';
import { type Catalogue, formatPrice } from './catalogue.ts';
import { find, html, type Markup, setMarkup } from './markup.ts';
import { startPage } from './page.ts';

function summary(catalogue: Catalogue): Markup {
  const lines = filled(catalogue, cartLines());
  const currency = lines[0]?.product.currency;
  if (!currency) return html`<p>Your cart is empty. <a href="/">Look around</a></p>`;
  return html`<h2>Your order</h2><ul class="order-lines">${lines.map(
    ({ product, quantity }) =>
      html`<li><span>${quantity} \u00d7 ${product.title}</span> <span class="price">${formatPrice(
        product.priceMinor * quantity,
        product.currency,
      )}</span></li>`,
  )}</ul><p class="order-total">Total <strong class="price">${formatPrice(
    totalOf(catalogue, cartLines()),
    currency,
  )}</strong></p>`;
}

// Only on the person's own tick: their name and address become part of the profile.
async function remember(form: HTMLFormElement): Promise<void> {
  const data = new FormData(form);
  const text = (name: string) => String(data.get(name) ?? '').trim();
  if (!data.has('remember') || !text('email')) return;
  const baya = await whenBaya();
  await baya?.identify(text('email'), { name: text('name'), email: text('email') });
}

async function submit(catalogue: Catalogue, form: HTMLFormElement): Promise<void> {
  const lines = cartLines();
  const currency = filled(catalogue, lines)[0]?.product.currency;
  if (!currency) return;
  const delivery = String(new FormData(form).get('delivery') ?? 'post');
  const order = { lines, totalMinor: totalOf(catalogue, lines), currency, delivery };
  await remember(form);
  placeOrder({ id: crypto.randomUUID(), ...order });
  location.assign('/thanks.html');
}

startPage((catalogue) => {
  setMarkup(find('#summary'), summary(catalogue));
  const form = find<HTMLFormElement>('#checkout');
  form.hidden = cartLines().length === 0;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit(catalogue, form);
  });
});
