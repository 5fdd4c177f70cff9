// Makes the shop's catalogue.json from products.csv:  node from_products.mjs < products.csv
import { readFileSync } from 'node:fs';
import { parseProducts } from './shoppers.mjs';

const CURRENCY = 'EUR';

const catalogue = parseProducts(readFileSync(0, 'utf8')).map((product) => ({
  item: product.item,
  title: product.title,
  categories: [product.category],
  brand: product.brand,
  price_minor: Math.round(Number(product.price) * 100),
  currency: CURRENCY,
  tags: product.tags,
  picture: product.picture,
  hue: Number(product.hue),
}));
process.stdout.write(JSON.stringify(catalogue));
