// Builds dist/ from pages/, src/, styles/ and static/: files that any server can deliver once it has filled
// in {{shop.name}}, {{shop.note}} and {{baya.tag}}, as serve.mjs does.
//
//   node build.mjs

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, 'dist');

const PAGES = [
  { page: 'index', script: 'listing_page', title: '{{shop.name}}' },
  { page: 'product', script: 'product_page', title: '{{shop.name}}' },
  { page: 'cart', script: 'cart_page', title: 'Cart \u2013 {{shop.name}}' },
  { page: 'checkout', script: 'checkout_page', title: 'Checkout \u2013 {{shop.name}}' },
  { page: 'thanks', script: 'thanks_page', title: 'Thank you \u2013 {{shop.name}}' },
  {
    page: 'dashboard',
    script: 'dashboard_page',
    title: 'Dashboard \u2013 {{shop.name}}',
    layout: 'business_layout',
  },
  { page: 'my-data', script: 'my_data_page', title: 'My data \u2013 {{shop.name}}' },
];

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
cpSync(join(here, 'static'), dist, { recursive: true });

for (const { page, script, title, layout = 'layout' } of PAGES) {
  const frame = readFileSync(join(here, 'pages', `${layout}.html`), 'utf8');
  const main = readFileSync(join(here, 'pages', `${page}.html`), 'utf8').trimEnd();
  const text = frame
    .replace('{{title}}', () => title)
    .replace('{{script}}', () => script)
    .replace('{{main}}', () => main);
  writeFileSync(join(dist, `${page}.html`), text);
}

const common = {
  absWorkingDir: here,
  outdir: 'dist',
  bundle: true,
  minify: true,
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
};

await build({ ...common, entryPoints: ['styles/style.css'] });
await build({
  ...common,
  entryPoints: PAGES.map(({ script }) => `src/${script}.ts`),
  splitting: true,
  chunkNames: 'shared-[hash]',
  format: 'esm',
});
