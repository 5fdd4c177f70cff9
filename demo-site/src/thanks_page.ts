import { filled, lastOrder } from './cart.ts';
import { formatPrice } from './catalogue.ts';
import * as events from './events.ts';
import { find, html, raw, setMarkup } from './markup.ts';
import { startPage } from './page.ts';
import { pictureOf } from './pictures/index.ts';
import { startShelf } from './shelf.ts';

const SHELF_SIZE = 6;

startPage((catalogue) => {
  const order = lastOrder();
  const lines = order ? filled(catalogue, order.lines) : [];
  if (!order || lines.length === 0) {
    setMarkup(
      find('#order'),
      html`<p>There is no order in this tab. <a href="/">Look around</a></p>`,
    );
  } else {
    setMarkup(
      find('#order'),
      html`<p class="lead">Your order is on its way: ${lines.length} ${
        lines.length === 1 ? 'thing' : 'different things'
      } for ${formatPrice(order.totalMinor, order.currency)}. Nothing was charged; this is a demonstration.</p>
      <ul class="order-pictures">${lines.map(
        ({ product, quantity }) =>
          html`<li><span class="picture small">${raw(pictureOf(product))}</span><span>${quantity} \u00d7 ${product.title}</span></li>`,
      )}</ul><p class="fine">Order ${order.id}</p>`,
    );
  }
  const told = order ? events.ordered(catalogue, order) : Promise.resolve();
  told.then(() => startShelf(catalogue, SHELF_SIZE));
});
