import { productCard } from './card.ts';
import { type Catalogue, capital } from './catalogue.ts';
import * as events from './events.ts';
import { find, html, type Markup, raw, setMarkup } from './markup.ts';
import { startPage } from './page.ts';
import { pictureOf } from './pictures/index.ts';
import {
  addressOf,
  countBy,
  isFront,
  PAGE_SIZE,
  PRICE_BANDS,
  pageNumbers,
  type Query,
  readQuery,
  SORTS,
  select,
} from './query.ts';
import { startShelf } from './shelf.ts';

const TAGS_SHOWN = 14;
const SHELF_SIZE = 6;
const WINDOW_SIZE = 8;

function options(entries: readonly { key: string; label: string }[], chosen: string): Markup[] {
  return entries.map(
    ({ key, label }) =>
      html`<option value="${key}"${key === chosen ? html` selected` : ''}>${label}</option>`,
  );
}

function categoryLinks(catalogue: Catalogue, query: Query): Markup | '' {
  const categories = countBy(catalogue.products, (product) => product.categories);
  if (categories.length === 0) return '';
  const entry = (name: string, label: string, count: number) =>
    html`<li><a href="${addressOf({ category: name })}"${
      name === query.category && query.words === '' ? html` aria-current="page"` : ''
    }>${label} <span class="count">${count}</span></a></li>`;
  return html`<nav aria-labelledby="categories-title"><h2 id="categories-title">Categories</h2>
    <ul class="categories">${entry('', 'Everything', catalogue.products.length)}${categories.map(
      ({ name, count }) => entry(name, capital(name), count),
    )}</ul></nav>`;
}

function filterForm(catalogue: Catalogue, query: Query): Markup {
  const tags = countBy(catalogue.products, (product) => product.tags)
    .sort((a, b) => b.count - a.count)
    .slice(0, TAGS_SHOWN);
  return html`<form id="filters" aria-label="Filters">
    <div class="field"><label for="price">Price</label><select id="price" name="price">${options(
      PRICE_BANDS,
      query.price,
    )}</select></div>
    <div class="field"><label for="sort">Sort by</label><select id="sort" name="sort">${options(
      SORTS,
      query.sort,
    )}</select></div>
    ${
      tags.length > 0 &&
      html`<fieldset class="tags"><legend>Good for</legend>${tags.map(
        ({ name }) =>
          html`<label class="chip"><input type="checkbox" name="tag" value="${name}"${
            query.tags.includes(name) ? html` checked` : ''
          }><span>${name}</span></label>`,
      )}</fieldset>`
    }
  </form>`;
}

function headline(query: Query): Markup {
  if (query.words) return html`<h1>Results for \u201c${query.words}\u201d</h1>`;
  if (query.category) return html`<h1>${capital(query.category)}</h1>`;
  const hero = !find<HTMLElement>('#hero').hidden;
  return hero ? html`<h2>All our things</h2>` : html`<h1>All our things</h1>`;
}

function pagination(query: Query, last: number): Markup | '' {
  if (last <= 1) return '';
  const link = (page: number, label: string, relation = '') =>
    html`<li><a href="${addressOf({ ...query, page })}"${
      relation && html` rel="${relation}"`
    }${page === query.page && !relation ? html` aria-current="page"` : ''}>${label}</a></li>`;
  return html`<nav class="pages" aria-label="Pages"><ul>
    ${query.page > 1 && link(query.page - 1, 'Previous', 'prev')}
    ${pageNumbers(query.page, last).map((page) =>
      page === 0 ? html`<li class="gap">\u2026</li>` : link(page, String(page)),
    )}
    ${query.page < last && link(query.page + 1, 'Next', 'next')}
  </ul></nav>`;
}

function showResults(catalogue: Catalogue, asked: Query): number {
  const found = select(catalogue, asked);
  const last = Math.max(1, Math.ceil(found.length / PAGE_SIZE));
  const query = { ...asked, page: Math.min(asked.page, last) };
  const shown = found.slice((query.page - 1) * PAGE_SIZE, query.page * PAGE_SIZE);
  setMarkup(
    find('#results'),
    html`<div class="results-head">${headline(query)}
      <p role="status">${found.length} ${found.length === 1 ? 'thing' : 'things'}</p></div>
      ${
        shown.length > 0
          ? html`<ul class="cards">${shown.map((product) => productCard(product))}</ul>`
          : html`<p class="empty">Nothing here fits. <a href="/">See everything</a></p>`
      }${pagination(query, last)}`,
  );
  return found.length;
}

function readForm(form: HTMLFormElement, query: Query): Query {
  const data = new FormData(form);
  const text = (name: string) => String(data.get(name) ?? '');
  return {
    ...query,
    price: text('price'),
    sort: text('sort'),
    tags: data.getAll('tag').map(String),
    page: 1,
  };
}

// A shop's window: products from all over the catalogue, of different kinds.
function dressWindow(catalogue: Catalogue): void {
  const step = Math.max(1, Math.floor(catalogue.products.length / WINDOW_SIZE));
  const chosen = catalogue.products.filter((_, i) => i % step === Math.floor(step / 2));
  setMarkup(
    find('#hero-picture'),
    html`${chosen
      .slice(0, WINDOW_SIZE)
      .map((product) => html`<span class="picture">${raw(pictureOf(product))}</span>`)}`,
  );
}

startPage((catalogue) => {
  let query = readQuery(location.search);
  find<HTMLInputElement>('#search').value = query.words;
  find<HTMLElement>('#hero').hidden = !isFront(query);
  if (query.words) document.title = `${query.words} \u2013 ${document.title}`;
  setMarkup(
    find('#sidebar'),
    html`${categoryLinks(catalogue, query)}${filterForm(catalogue, query)}`,
  );
  showResults(catalogue, query);
  find<HTMLFormElement>('#filters').addEventListener('change', (event) => {
    query = readForm(event.currentTarget as HTMLFormElement, query);
    history.replaceState(null, '', addressOf(query));
    showResults(catalogue, query);
  });
  if (isFront(query)) dressWindow(catalogue);
  else find('.listing').after(find('#shelf')); // what was asked for comes first
  startShelf(catalogue, SHELF_SIZE);
  if (query.words) events.searched(query.words);
  else events.listViewed(query.category || 'all', query.category);
});
