// A page, as far as the tag and its stub look at it, for scripts of dist/ run as they are. The
// browser tests have real ones.

import { createContext, runInContext } from 'node:vm';
import { readDist } from './files.mjs';

class HTMLScriptElement {
  tagName = 'SCRIPT';
  constructor(src, dataset) {
    this.src = src;
    this.dataset = dataset;
  }
}

export const tagData = { pack: '/shop.pack', signer: 'A'.repeat(43) };

export class FakePage {
  /** Of everything that could touch the network or the device. */
  touched = [];
  #listeners = [];

  constructor() {
    const note = (what) => {
      this.touched.push(what);
    };
    this.window = createContext({
      URL,
      TextEncoder,
      TextDecoder,
      Uint8Array, // or what TextEncoder gives would be of another realm
      HTMLScriptElement,
      console,
      crypto,
      Promise,
      queueMicrotask,
      document: { currentScript: null },
      addEventListener: (...args) => this.#listeners.push(args),
      fetch: async (url) => {
        note(`fetch ${url}`);
        throw new TypeError('blocked');
      },
      Worker: class {
        constructor(url) {
          note(`worker ${url}`);
          throw new DOMException('blocked', 'SecurityError');
        }
      },
      localStorage: {
        getItem: () => null,
        setItem: (key, value) => note(`store ${key} ${value}`),
        removeItem: () => {},
      },
      setTimeout,
      clearTimeout,
    });
  }

  /** A script tag that loads. */
  run(name, dataset = {}) {
    this.window.document.currentScript = new HTMLScriptElement(
      `https://shop.example/baya/${name}`,
      dataset,
    );
    runInContext(readDist(name).toString(), this.window, { filename: name });
    this.window.document.currentScript = null;
  }

  /** A script tag that does not. */
  fail(name, dataset = {}) {
    const target = new HTMLScriptElement(`https://shop.example/baya/${name}`, dataset);
    for (const [event, listener] of this.#listeners) if (event === 'error') listener({ target });
  }

  evaluate(code) {
    return runInContext(code, this.window);
  }
}
