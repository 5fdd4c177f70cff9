// The model of core/recommend in JavaScript, for a pack without sessions and without a card for
// buying again and a visitor who only viewed: the scores are integers below 2^53, so that the shelf is
// the same item by item. Written for speed: typed arrays, rows by source with the products of weight
// and scale made beforehand, scores kept from one event to the next, one pass for the best, against
// the worst that the last shelf still has. The arrays are constants of a closure, which V8 reads
// twice as fast in the inner loop as fields of an object.

const ONE = 1024; // Q10
const VIEW = ONE / 4;

// core/recommend/fixed_point.h, for x from 1024 on.
function log2Q10(x) {
  const exponent = 31 - Math.clz32(x);
  return (exponent - 10) * ONE + ((x >>> (exponent - 10)) & (ONE - 1));
}

// Lists one after the other: list i is values[begins[i], begins[i + 1]).
function listsOf(pairs, count) {
  const begins = new Int32Array(count + 1);
  for (const [list] of pairs) begins[list + 1]++;
  for (let i = 0; i < count; i++) begins[i + 1] += begins[i];
  const places = begins.slice();
  return { begins, order: pairs.map(([list]) => places[list]++) };
}

function spread(type, order, values) {
  const array = new type(values.length);
  for (let i = 0; i < values.length; i++) array[order[i]] = values[i];
  return array;
}

// `products` as tests/lib/site_pack.mjs has them, with tags alone; `tags`: their names in order.
export function jsRanking(products, tags, { attribute, popularity, weight }, count) {
  const n = products.length;
  const base = Float64Array.from(products, ({ level }) => popularity * level * 1024);
  const scores = base.slice();
  const strengths = new Int32Array(n);
  const viewed = [];

  const pairs = products.flatMap(({ sources, weights, scale }, target) =>
    sources.map((source, i) => [source, target, weights[i] * scale]),
  );
  const { begins: rows, order: rowOrder } = listsOf(pairs, n);
  const targetsOfPairs = pairs.map(([, target]) => target);
  const pointsOfPairs = pairs.map(([, , points]) => points);
  const targets = spread(Int32Array, rowOrder, targetsOfPairs);
  const points = spread(Int32Array, rowOrder, pointsOfPairs);

  const place = new Map(tags.map((tag, i) => [tag, i]));
  const owned = products.flatMap((product, item) =>
    product.tags.map((tag) => [item, place.get(tag)]),
  );
  const ownersOfPairs = owned.map(([item]) => item);
  const { begins: tagLists } = listsOf(owned, n);
  const tagsOf = Uint16Array.from(owned, ([, tag]) => tag);
  const byTag = owned.map(([item, tag]) => [tag, item]);
  const { begins: itemLists, order: itemOrder } = listsOf(byTag, tags.length);
  const itemsOf = spread(Int32Array, itemOrder, ownersOfPairs);

  const leanings = new Int32Array(tags.length);
  const settled = new Float64Array(tags.length);
  const differences = new Float64Array(tags.length);
  const isChanged = new Uint8Array(tags.length);
  const changed = [];
  const unit = attribute * weight;
  const best = new Int32Array(count).fill(-1);

  function view(item) {
    const before = strengths[item];
    const delta = Math.min(before + VIEW, ONE) - before;
    if (delta === 0) return;
    if (before === 0) viewed.push(item);
    strengths[item] = before + delta;
    const end = rows[item + 1];
    for (let i = rows[item]; i < end; i++) scores[targets[i]] += delta * points[i];
    const last = tagLists[item + 1];
    for (let i = tagLists[item]; i < last; i++) {
      const tag = tagsOf[i];
      leanings[tag] += delta;
      if (isChanged[tag] === 0) {
        isChanged[tag] = 1;
        changed.push(tag);
      }
    }
  }

  // What has to be added to the items of a tag.
  function differenceOf(tag) {
    isChanged[tag] = 0;
    const now = unit * log2Q10(ONE + leanings[tag]);
    const difference = now - settled[tag];
    settled[tag] = now;
    return difference;
  }

  function settleTag(tag) {
    const difference = differenceOf(tag);
    const end = itemLists[tag + 1];
    for (let i = itemLists[tag]; i < end; i++) scores[itemsOf[i]] += difference;
  }

  function settleEveryItem() {
    differences.fill(0);
    for (const tag of changed) differences[tag] = differenceOf(tag);
    let at = 0;
    for (let item = 0; item < n; item++) {
      let sum = 0;
      const end = tagLists[item + 1];
      for (; at < end; at++) sum += differences[tagsOf[at]];
      scores[item] += sum;
    }
  }

  function settle() {
    let touched = 0;
    for (const tag of changed) touched += itemLists[tag + 1] - itemLists[tag];
    if (touched > itemsOf.length / 2) settleEveryItem();
    else for (const tag of changed) settleTag(tag);
    changed.length = 0;
  }

  // The shelf of before has `count` items that score as much or more.
  function barOfBefore() {
    if (best[0] < 0) return -Infinity;
    let bar = Infinity;
    for (let i = 0; i < count; i++) bar = Math.min(bar, scores[best[i]]);
    return bar;
  }

  function insert(item, place) {
    let at = place;
    for (; at > 0 && scores[best[at - 1]] < scores[item]; at--) best[at] = best[at - 1];
    best[at] = item;
  }

  // Insertion into a short sorted list: after the first pass few items are above the bar.
  function rank() {
    let bar = barOfBefore();
    let found = 0;
    for (let item = 0; item < n; item++) {
      if (scores[item] < bar || (found === count && scores[item] === bar)) continue;
      insert(item, found < count ? found++ : count - 1);
      if (found === count) bar = scores[best[count - 1]];
    }
  }

  return {
    best,
    scoreOf: (item) => scores[item],

    // Nothing is known of the visitor but that they viewed these.
    visit(items) {
      scores.set(base);
      leanings.fill(0);
      settled.fill(0);
      for (const item of viewed) strengths[item] = 0;
      viewed.length = 0;
      for (let i = 0; i < items.length; i++) view(items[i]);
      settle();
      rank();
    },

    // One event and the shelf after it.
    event(item) {
      view(item);
      settle();
      rank();
    },
  };
}
