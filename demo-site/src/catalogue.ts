// The shop's products: data/catalogue.json, whoever made it.

export interface Product {
  item: string;
  title: string;
  categories: string[];
  brand: string;
  priceMinor: number;
  currency: string;
  tags: string[];
  picture?: string | undefined;
  hue?: number | undefined;
}

export interface Shop {
  name: string;
  currency: string;
  note: string;
  measure: boolean;
}

type Row = Record<string, unknown>;

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

function asList(value: unknown): string[] {
  const list = Array.isArray(value) ? value : asText(value).split('|');
  return list.filter((entry): entry is string => typeof entry === 'string' && entry !== '');
}

// Titles in capitals, as tills print them, become sentences; a stray small letter is no objection.
export function displayTitle(title: string): string {
  const tidy = title.trim().replace(/\s+/g, ' ');
  const small = tidy.match(/[a-z]/g)?.length ?? 0;
  const large = tidy.match(/[A-Z]/g)?.length ?? 0;
  if (large < 4 * small || large === 0) return tidy;
  return tidy.charAt(0) + tidy.slice(1).toLowerCase();
}

// Categories that were derived from titles are words in small letters.
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function toProduct(json: unknown): Product[] {
  const row = (json ?? {}) as Row;
  const item = asText(row.item);
  const price = row.price_minor;
  if (item === '' || typeof price !== 'number' || !Number.isFinite(price)) return [];
  return [
    {
      item,
      title: displayTitle(asText(row.title) || item),
      categories: asList(row.categories),
      brand: asText(row.brand),
      priceMinor: price,
      currency: asText(row.currency) || 'GBP',
      tags: asList(row.tags),
      picture: asText(row.picture) || undefined,
      hue: typeof row.hue === 'number' ? row.hue : undefined,
    },
  ];
}

export class Catalogue {
  readonly #byItem: Map<string, Product>;

  constructor(readonly products: Product[]) {
    this.#byItem = new Map(products.map((product) => [product.item, product]));
  }

  find(item: string | null | undefined): Product | undefined {
    return item ? this.#byItem.get(item) : undefined;
  }

  titleOf(item: string): string {
    return this.find(item)?.title ?? item;
  }
}

// Rows without an item or a price are left out.
export function parseCatalogue(json: unknown): Catalogue {
  return new Catalogue(Array.isArray(json) ? json.flatMap(toProduct) : []);
}

export function parseShop(json: unknown): Shop {
  const row = (json ?? {}) as Row;
  return {
    name: asText(row.name) || 'Little Nest',
    currency: asText(row.currency) || 'GBP',
    note: asText(row.note),
    measure: row.measure === true,
  };
}

async function fetchJson(address: string): Promise<unknown> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
}

let loading: Promise<Catalogue> | undefined;
let loadingShop: Promise<Shop> | undefined;

export function loadCatalogue(): Promise<Catalogue> {
  loading ??= fetchJson('/data/catalogue.json').then(parseCatalogue);
  return loading;
}

export function loadShop(): Promise<Shop> {
  loadingShop ??= fetchJson('/data/shop.json').then(parseShop);
  return loadingShop;
}

// `minor` is in hundredths.
export function formatPrice(minor: number, currency: string): string {
  return new Intl.NumberFormat('en-GB', { style: 'currency', currency }).format(minor / 100);
}
