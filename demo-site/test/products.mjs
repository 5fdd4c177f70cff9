// The demo shop's catalogue as the pages read it.
import { readFileSync } from 'node:fs';

import { parseProducts } from '../catalogue/shoppers.mjs';

export function readProducts() {
  const csv = readFileSync(new URL('../catalogue/products.csv', import.meta.url), 'utf8');
  return parseProducts(csv).map(({ price, hue, category, ...product }) => ({
    ...product,
    categories: [category],
    price_minor: Math.round(Number(price) * 100),
    currency: 'EUR',
    hue: Number(hue),
  }));
}
