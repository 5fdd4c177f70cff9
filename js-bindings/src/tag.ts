// dist/baya.js: one script tag for a page.
//
//   <script async src="/baya/baya.js" data-pack="/shop.pack" data-signer="BASE64URL"></script>
//
// data-site names the site that the pack has to be for; data-worker, data-engine and data-reports
// the other files where they do not stand beside this one; data-data-layer="off" leaves
// window.dataLayer alone.

import type { Config } from './api.js';
import { load } from './load.js';
import { replay } from './replay.js';

function configOf(script: HTMLScriptElement): Config | undefined {
  const { pack, signer, site, worker, engine, reports, dataLayer } = script.dataset;
  if (pack === undefined || signer === undefined) return undefined;
  const beside = (name: string) => new URL(name, script.src).href;
  return {
    pack,
    signer,
    ...(site === undefined ? {} : { site }),
    worker: worker ?? beside('worker.js'),
    engine: engine ?? beside('engine.wasm'),
    reports: reports ?? beside('report.wasm'),
    dataLayer: dataLayer !== 'off',
  };
}

function install(): void {
  const script = document.currentScript;
  const config = script instanceof HTMLScriptElement ? configOf(script) : undefined;
  if (config === undefined) return;
  const page = globalThis as { baya?: unknown };
  const stub = page.baya;
  // Another thing of that name is the page's own.
  if (stub !== undefined && !Array.isArray(stub)) return;
  const api = load(config);
  page.baya = api;
  if (Array.isArray(stub)) replay(api, stub);
}

try {
  if (typeof document !== 'undefined') install();
} catch (error) {
  console.error(error);
}
