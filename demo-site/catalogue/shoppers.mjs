// Draws the purchases of simulated shoppers; the model is written down in shoppers.md.
//
//   node shoppers.mjs [--shoppers 3000] [--seed 1] < products.csv > interactions.csv
//
// Output: user,item,timestamp (seconds since 1970), ascending by time. The same arguments give the
// same bytes.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const DAY_SECONDS = 86_400;
const YEAR_START = Date.UTC(2025, 0, 1) / 1000;
const SEASON_PEAK_DAY = { summer: 196, winter: 15, rain: 310 };
const SEASON_STRENGTH = 3;
const COMPANY_FACTOR = 4;
const REPEAT_FACTOR = 20;
const CONSUMABLE_PICTURES = new Set(['tin', 'soap', 'bag', 'seeds', 'bottle', 'ball']);

const INTERESTS = [
  { name: 'rainy commuter', categories: { Rain: 9 }, tags: { rain: 5, travel: 2 } },
  { name: 'summer family', categories: { Summer: 7 }, tags: { summer: 3, 'for children': 3 } },
  { name: 'new parent', categories: { Play: 6 }, tags: { 'for children': 9 } },
  { name: 'cook', categories: { Kitchen: 10, 'Tea and coffee': 2 }, tags: {} },
  { name: 'tea drinker', categories: { 'Tea and coffee': 12 }, tags: {} },
  { name: 'gardener', categories: { Garden: 11, 'Birds and wildlife': 3 }, tags: { outdoor: 2 } },
  { name: 'bird watcher', categories: { 'Birds and wildlife': 14 }, tags: {} },
  { name: 'letter writer', categories: { Stationery: 12 }, tags: { gift: 2 } },
  { name: 'camper', categories: { Outdoors: 10, 'Bags and travel': 4 }, tags: { travel: 2 } },
  { name: 'careful with the planet', categories: {}, tags: { 'eco-friendly': 10, refillable: 4 } },
  { name: 'at home', categories: { Lighting: 8, Bath: 6 }, tags: { indoor: 3 } },
  { name: 'giver of presents', categories: {}, tags: { gift: 7, handmade: 3 } },
];

// Marsaglia's xorshift32: small, and enough for a simulation. Returns numbers in [0, 1).
export function randomSource(seed) {
  let state = (seed * 2_654_435_761 + 1) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}

function integerBetween(random, low, high) {
  return low + Math.floor(random() * (high - low + 1));
}

function pickWeighted(random, weights) {
  let left = random() * weights.reduce((sum, weight) => sum + weight, 0);
  return Math.max(
    0,
    weights.findIndex((weight) => {
      left -= weight;
      return left < 0;
    }),
  );
}

function shuffled(random, values) {
  const result = [...values];
  for (let i = result.length - 1; i > 0; i--) {
    const j = integerBetween(random, 0, i);
    [result[i], result[j]] = [result[j], result[i]];
  }
  return result;
}

// The catalogue has no quoted comma except in titles, which come second.
export function parseProducts(csv) {
  const lines = csv.trim().split('\n').slice(1);
  return lines.map((line) => {
    const [, item, title, rest] = line.match(/^([^,]+),("(?:[^"]|"")*"|[^,]*),(.*)$/);
    const [category, brand, price, tags, picture, hue] = rest.split(',');
    const plainTitle = title.startsWith('"') ? title.slice(1, -1).replaceAll('""', '"') : title;
    return { item, title: plainTitle, category, brand, price, tags: tags.split('|'), picture, hue };
  });
}

function interestWeight(product, interests) {
  return interests.reduce((weight, interest) => {
    const byTag = product.tags.reduce((factor, tag) => factor * (interest.tags[tag] ?? 1), 1);
    return weight + (interest.categories[product.category] ?? 1) * byTag;
  }, 0);
}

function seasonWeight(product, day) {
  return product.tags.reduce((weight, tag) => {
    const peak = SEASON_PEAK_DAY[tag];
    if (peak === undefined) return weight;
    const closeness = (1 + Math.cos((2 * Math.PI * (day - peak)) / 365)) / 2;
    return weight * (1 + SEASON_STRENGTH * closeness);
  }, 1);
}

function goTogether(a, b) {
  return a.picture === b.picture || a.tags.filter((tag) => b.tags.includes(tag)).length >= 2;
}

function drawPurchase(random, products, taste, owned, day) {
  const basket = [];
  const size = integerBetween(random, 1, 5);
  while (basket.length < size) {
    const weights = products.map((product, i) => {
      if (basket.includes(i)) return 0;
      const consumable = CONSUMABLE_PICTURES.has(product.picture);
      if (owned.has(i) && !consumable) return 0;
      const repeat = owned.has(i) ? REPEAT_FACTOR : 1;
      const company = basket.length > 0 && goTogether(products[basket[0]], product);
      return taste[i] * seasonWeight(product, day) * repeat * (company ? COMPANY_FACTOR : 1);
    });
    basket.push(pickWeighted(random, weights));
  }
  return basket;
}

export function drawInteractions(products, shopperCount, seed) {
  const random = randomSource(seed);
  const ranks = shuffled(
    random,
    products.map((_, i) => i),
  );
  const popularity = ranks.map((rank) => 1 / (rank + 10));
  const rows = [];
  for (let shopper = 0; shopper < shopperCount; shopper++) {
    const interests = shuffled(random, INTERESTS).slice(0, integerBetween(random, 1, 3));
    const taste = products.map((product, i) => popularity[i] * interestWeight(product, interests));
    const days = Array.from({ length: integerBetween(random, 2, 14) }, () =>
      integerBetween(random, 0, 364),
    ).sort((a, b) => a - b);
    const owned = new Set();
    for (const day of days) {
      const time = YEAR_START + day * DAY_SECONDS + integerBetween(random, 7 * 3600, 22 * 3600);
      for (const i of drawPurchase(random, products, taste, owned, day)) {
        owned.add(i);
        rows.push({ user: `S${shopper + 1}`, item: products[i].item, time });
      }
    }
  }
  return rows.sort((a, b) => a.time - b.time || a.user.localeCompare(b.user, 'en'));
}

function main(args) {
  const option = (name, fallback) => {
    const index = args.indexOf(name);
    return index < 0 ? fallback : Number(args[index + 1]);
  };
  const products = parseProducts(readFileSync(0, 'utf8'));
  const rows = drawInteractions(products, option('--shoppers', 3000), option('--seed', 1));
  process.stdout.write('user,item,timestamp\n');
  process.stdout.write(rows.map((row) => `${row.user},${row.item},${row.time}\n`).join(''));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.slice(2));
