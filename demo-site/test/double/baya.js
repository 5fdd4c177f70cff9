// A development double of the package's page surface: enough to lay out the pages, no more. It
// keeps what it is told in this tab's session storage, unencrypted, ranks by category, and is never
// delivered with the shop. Tests of the product use the package itself.
(() => {
  const KEY = 'double';
  const state = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') ?? { events: [], asked: false };
  const listeners = new Set();
  const catalogue = fetch('/data/catalogue.json').then((response) => response.json());

  const save = () => sessionStorage.setItem(KEY, JSON.stringify(state));
  const changed = () => {
    save();
    for (const listener of listeners) listener();
  };
  const allowed = (purpose) => state.choice?.[purpose] === true;
  const consentState = async () => ({
    asked: state.asked,
    paused: false,
    purposes: Object.fromEntries(
      ['store', 'personalize', 'measure'].map((purpose) => [
        purpose,
        { allowed: allowed(purpose), reason: 'banner' },
      ]),
    ),
  });

  async function track(event, properties = {}) {
    if (!allowed('store')) return { accepted: false, reason: 'no_consent' };
    state.events.push({ event, properties, time: Date.now() });
    changed();
    return { accepted: true };
  }

  function dealings() {
    return state.events.flatMap(({ event, properties }) => {
      const products = properties.products ?? [properties];
      const weight = { 'Order Completed': 4, 'Product Liked': 3, 'Product Added': 2 }[event] ?? 1;
      return products
        .filter(({ product_id: item }) => item)
        .map(({ product_id: item }) => ({ event, item, weight }));
    });
  }

  function scoreOf(product, own, byItem) {
    let best = { code: 'popular', share: 1 };
    let score = 0;
    let largest = 0;
    for (const { item, weight } of own) {
      const other = byItem.get(item);
      const common = other?.categories.filter((name) => product.categories.includes(name)) ?? [];
      const part = common.length * weight + (other?.picture === product.picture ? weight : 0);
      score += part;
      if (part > largest) {
        largest = part;
        best = { code: 'bought_together', because: item, share: 0.6 };
        if (weight === 1) best = { code: 'likes_category', because: common[0], share: 0.5 };
      }
    }
    return { score, reasons: [best] };
  }

  async function recommend({ limit = 20, exclude = [] } = {}) {
    const products = await catalogue;
    const own = allowed('personalize') ? dealings() : [];
    const byItem = new Map(products.map((product) => [product.item, product]));
    const without = new Set([
      ...exclude,
      ...own.filter(({ event }) => /Order|Disliked/.test(event)).map(({ item }) => item),
    ]);
    return products
      .filter(({ item }, i) => !without.has(item) && (own.length > 0 || i % 23 === 3))
      .map((product) => ({ item: product.item, ...scoreOf(product, own, byItem) }))
      .sort((a, b) => b.score - a.score)
      .slice(0, limit)
      .map(({ item, reasons }) => ({ item, reasons, personal: own.length > 0 }));
  }

  window.baya = {
    state,
    changed,
    dealings,
    track,
    recommend,
    consentState,
    page: (name) => track('page', { name }),
    identify: (userId, traits) => track('identify', { userId, traits }),
    async consent(choice) {
      state.asked = true;
      state.choice = choice;
      changed();
      return consentState();
    },
    on(_event, listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
})();
