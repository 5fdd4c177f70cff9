// What the address bar asks of the listing.
import type { Catalogue, Product } from './catalogue.ts';

export const PAGE_SIZE = 24;

export const PRICE_BANDS = [
  { key: '', label: 'Any price', low: 0, high: Number.POSITIVE_INFINITY },
  { key: 'under-10', label: 'Under 10', low: 0, high: 1000 },
  { key: '10-30', label: '10 to 30', low: 1000, high: 3000 },
  { key: '30-80', label: '30 to 80', low: 3000, high: 8000 },
  { key: 'over-80', label: '80 and over', low: 8000, high: Number.POSITIVE_INFINITY },
] as const;

export const SORTS = [
  { key: '', label: 'Our order' },
  { key: 'price', label: 'Price, lowest first' },
  { key: 'price-down', label: 'Price, highest first' },
  { key: 'title', label: 'Name' },
] as const;

export interface Query {
  words: string;
  category: string;
  tags: string[];
  price: string;
  sort: string;
  page: number;
}

export function readQuery(search: string): Query {
  const parameters = new URLSearchParams(search);
  const page = Number.parseInt(parameters.get('page') ?? '1', 10);
  return {
    words: (parameters.get('q') ?? '').trim().slice(0, 100),
    category: parameters.get('category') ?? '',
    tags: parameters.getAll('tag'),
    price: parameters.get('price') ?? '',
    sort: parameters.get('sort') ?? '',
    page: page > 0 ? page : 1,
  };
}

export function addressOf(query: Partial<Query>): string {
  const parameters = new URLSearchParams();
  if (query.words) parameters.set('q', query.words);
  if (query.category) parameters.set('category', query.category);
  for (const tag of query.tags ?? []) parameters.append('tag', tag);
  if (query.price) parameters.set('price', query.price);
  if (query.sort) parameters.set('sort', query.sort);
  if (query.page && query.page > 1) parameters.set('page', String(query.page));
  const text = parameters.toString();
  return text === '' ? '/' : `/?${text}`;
}

export const isFront = (query: Query): boolean => addressOf(query) === '/';

function haystackOf(product: Product): string {
  return [product.title, product.brand, product.item, ...product.categories, ...product.tags]
    .join(' ')
    .toLowerCase();
}

function holdsWords(product: Product, words: string[]): boolean {
  const haystack = haystackOf(product);
  return words.every((word) => haystack.includes(word) || haystack.includes(singular(word)));
}

const singular = (word: string): string => (/[^s]s$/.test(word) ? word.slice(0, -1) : word);

type Order = (a: Product, b: Product) => number;

const ORDERS: Record<string, Order> = {
  price: (a, b) => a.priceMinor - b.priceMinor,
  'price-down': (a, b) => b.priceMinor - a.priceMinor,
  title: (a, b) => a.title.localeCompare(b.title, 'en'),
};

// All that match, in the asked order.
export function select(catalogue: Catalogue, query: Query): Product[] {
  const words = query.words.toLowerCase().split(/\s+/).filter(Boolean);
  const band = PRICE_BANDS.find(({ key }) => key === query.price) ?? PRICE_BANDS[0];
  const found = catalogue.products.filter(
    (product) =>
      (query.category === '' || product.categories.includes(query.category)) &&
      query.tags.every((tag) => product.tags.includes(tag)) &&
      product.priceMinor >= band.low &&
      product.priceMinor < band.high &&
      holdsWords(product, words),
  );
  const order = Object.hasOwn(ORDERS, query.sort) ? ORDERS[query.sort] : undefined;
  return order ? found.sort(order) : found;
}

export function countBy(products: Product[], key: (product: Product) => string[]) {
  const counts = new Map<string, number>();
  for (const product of products) {
    for (const value of key(product)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => ({ name, count }));
}

// The numbers to link to: first, last, and those around the current one; 0 marks a gap.
export function pageNumbers(current: number, last: number): number[] {
  const wanted = [1, current - 1, current, current + 1, last].filter((n) => n >= 1 && n <= last);
  const unique = [...new Set(wanted)].sort((a, b) => a - b);
  return unique.flatMap((n, i) => (i > 0 && n - (unique[i - 1] ?? n) > 1 ? [0, n] : [n]));
}
