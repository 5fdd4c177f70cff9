// The model of core/recommend in JavaScript, for a pack without sessions and without a card for
// buying again and a visitor who only viewed: the scores are integers below 2^53, so that the shelf is
// the same item by item. Written for speed: typed arrays, rows by source with the products of weight
// and scale made beforehand, scores kept from one event to the next, one pass for the best, against
// the worst that the last shelf still has.

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

export class JsRanking {
  #base;
  #scores;
  #strengths;
  #viewed = [];
  #rows;
  #targets;
  #points;
  #itemLists;
  #itemsOf;
  #attributeLists;
  #attributesOf;
  #leanings;
  #settled;
  #differences;
  #isChanged;
  #changed = [];
  #unit;
  #best;

  // `products` as tests/lib/site_pack.mjs has them, with tags alone; `tags`: their names in order.
  constructor(products, tags, { attribute, popularity, weight }, count) {
    const n = products.length;
    this.#base = Float64Array.from(products, ({ level }) => popularity * level * 1024);
    this.#scores = this.#base.slice();
    this.#strengths = new Int32Array(n);
    const pairs = products.flatMap(({ sources, weights, scale }, target) =>
      sources.map((source, i) => [source, target, weights[i] * scale]),
    );
    const rows = listsOf(pairs, n);
    this.#rows = rows.begins;
    this.#targets = spread(
      Int32Array,
      rows.order,
      pairs.map(([, target]) => target),
    );
    this.#points = spread(
      Int32Array,
      rows.order,
      pairs.map(([, , points]) => points),
    );
    const place = new Map(tags.map((tag, i) => [tag, i]));
    const owned = products.flatMap((product, item) =>
      product.tags.map((tag) => [item, place.get(tag)]),
    );
    this.#attributeLists = listsOf(owned, n).begins;
    this.#attributesOf = Uint16Array.from(owned, ([, tag]) => tag);
    const byTag = listsOf(
      owned.map(([item, tag]) => [tag, item]),
      tags.length,
    );
    this.#itemLists = byTag.begins;
    this.#itemsOf = spread(
      Int32Array,
      byTag.order,
      owned.map(([item]) => item),
    );
    this.#leanings = new Int32Array(tags.length);
    this.#settled = new Float64Array(tags.length);
    this.#differences = new Float64Array(tags.length);
    this.#isChanged = new Uint8Array(tags.length);
    this.#unit = attribute * weight;
    this.#best = new Int32Array(count).fill(-1);
  }

  get best() {
    return this.#best;
  }

  scoreOf(item) {
    return this.#scores[item];
  }

  // Nothing is known of the visitor but that they viewed these.
  visit(items) {
    this.#scores.set(this.#base);
    this.#leanings.fill(0);
    this.#settled.fill(0);
    for (const item of this.#viewed) this.#strengths[item] = 0;
    this.#viewed.length = 0;
    for (let i = 0; i < items.length; i++) this.#view(items[i]);
    this.#settle();
    this.#rank();
  }

  // One event and the shelf after it.
  event(item) {
    this.#view(item);
    this.#settle();
    this.#rank();
  }

  #view(item) {
    const before = this.#strengths[item];
    const delta = Math.min(before + VIEW, ONE) - before;
    if (delta === 0) return;
    if (before === 0) this.#viewed.push(item);
    this.#strengths[item] = before + delta;
    const scores = this.#scores;
    const targets = this.#targets;
    const points = this.#points;
    const end = this.#rows[item + 1];
    for (let i = this.#rows[item]; i < end; i++) scores[targets[i]] += delta * points[i];
    const last = this.#attributeLists[item + 1];
    for (let i = this.#attributeLists[item]; i < last; i++) {
      const tag = this.#attributesOf[i];
      this.#leanings[tag] += delta;
      if (this.#isChanged[tag] === 0) {
        this.#isChanged[tag] = 1;
        this.#changed.push(tag);
      }
    }
  }

  #settle() {
    let touched = 0;
    for (const tag of this.#changed) touched += this.#itemLists[tag + 1] - this.#itemLists[tag];
    if (touched > this.#itemsOf.length / 2) this.#settleEveryItem();
    else for (const tag of this.#changed) this.#settleTag(tag);
    this.#changed.length = 0;
  }

  // What has to be added to the items of a tag.
  #differenceOf(tag) {
    this.#isChanged[tag] = 0;
    const points = this.#unit * log2Q10(ONE + this.#leanings[tag]);
    const difference = points - this.#settled[tag];
    this.#settled[tag] = points;
    return difference;
  }

  #settleTag(tag) {
    const difference = this.#differenceOf(tag);
    const scores = this.#scores;
    const itemsOf = this.#itemsOf;
    const end = this.#itemLists[tag + 1];
    for (let i = this.#itemLists[tag]; i < end; i++) scores[itemsOf[i]] += difference;
  }

  #settleEveryItem() {
    const differences = this.#differences.fill(0);
    for (const tag of this.#changed) differences[tag] = this.#differenceOf(tag);
    const scores = this.#scores;
    const attributesOf = this.#attributesOf;
    const lists = this.#attributeLists;
    let place = 0;
    for (let item = 0; item < scores.length; item++) {
      let sum = 0;
      for (const end = lists[item + 1]; place < end; place++) {
        sum += differences[attributesOf[place]];
      }
      scores[item] += sum;
    }
  }

  // Insertion into a short sorted list: after the first pass few items are above the bar.
  #rank() {
    const scores = this.#scores;
    const best = this.#best;
    const count = best.length;
    let bar = -Infinity; // the shelf of before has `count` items that score as much or more
    if (best[0] >= 0) {
      bar = Infinity;
      for (let i = 0; i < count; i++) bar = Math.min(bar, scores[best[i]]);
    }
    let found = 0;
    for (let item = 0; item < scores.length; item++) {
      const score = scores[item];
      if (score < bar || (found === count && score <= scores[best[count - 1]])) continue;
      let place = found < count ? found++ : count - 1;
      while (place > 0 && scores[best[place - 1]] < score) {
        best[place] = best[place - 1];
        place--;
      }
      best[place] = item;
      if (found === count) bar = scores[best[count - 1]];
    }
  }
}
