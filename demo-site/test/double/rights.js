// The other half of the development double: see baya.js.
const DAY_MS = 86_400_000;

export function rights(baya) {
  const { state } = baya;
  const base = (field, value, inferred = false) => ({
    field,
    value,
    card:
      { trait: 'who', bought: 'buying', spent: 'buying', viewed: 'engagement' }[
        field.split('.')[0]
      ] ?? 'feelings',
    contradicted: false,
    source: 'page',
    purposes: ['personalize'],
    sinceMs: Date.now() - 3 * DAY_MS,
    expiresMs: Date.now() + 360 * DAY_MS,
    lastUsedMs: Date.now(),
    inferred,
  });

  function fields() {
    const counts = new Map();
    for (const { event, item } of baya.dealings()) {
      const family = { 'Order Completed': 'bought', 'Product Liked': 'opinion' }[event] ?? 'viewed';
      const name = `${family}.${item}`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const identified = state.events.findLast(({ event }) => event === 'identify');
    const traits = Object.entries(identified?.properties.traits ?? {});
    return [
      ...traits.map(([name, value]) => base(`trait.${name}`, value)),
      ...[...counts].map(([name, count]) => base(name, name.startsWith('op') ? 'liked' : count)),
      ...(counts.size > 0 ? [base('spent.GBP', { minor: 8300, currency: 'GBP' })] : []),
      ...(counts.size > 0 ? [base('interest.category.Play', 640, true)] : []),
    ];
  }

  return {
    inventory: async () => fields(),
    explain: async () => ({
      contributions: [
        { code: 'bought_together', because: 'B103', points: 700 },
        { code: 'likes_category', because: 'Play', points: 240 },
        { code: 'popular', because: '', points: 60 },
      ],
    }),
    accessLog: async () =>
      state.events.length === 0
        ? []
        : [
            {
              hourMs: Date.now(),
              caller: 'shelf:page',
              purpose: 'personalize',
              operation: 'recommend',
              allowed: 4,
              refused: 0,
            },
          ],
    correct: async () => ({ accepted: true }),
    export: async () => JSON.stringify(state),
    import: async () => ({ accepted: true }),
    pause: async () => {},
    async erase() {
      state.events = [];
      baya.changed();
    },
    protection: async () => ({
      isolated: false,
      words: 'This is the development double: nothing is encrypted.',
    }),
  };
}
