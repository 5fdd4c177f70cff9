// An item-to-item recommender as a careful programmer writes it in JavaScript: the table by source
// item in typed arrays, decayed history, dense scores, a heap of the best.

const HALF_LIFE_MS = 30 * 24 * 60 * 60 * 1000;

export class JsShelf {
  #names;
  #targets;
  #weights;
  #neighbours;
  #scores;
  #seen;
  #history = [];

  // Item i speaks for the `neighbours` after it of its kind, as in tests/lib/site_pack.mjs.
  constructor(items, neighbours, nameOf) {
    this.#names = Array.from({ length: items }, (_, i) => nameOf(i));
    this.#neighbours = neighbours;
    this.#targets = new Uint32Array(items * neighbours);
    this.#weights = new Int8Array(items * neighbours);
    for (let source = 0; source < items; source++) {
      for (let j = 0; j < neighbours; j++) {
        const target = source + 2 * (j + 1);
        const place = source * neighbours + j;
        this.#targets[place] = target < items ? target : source;
        this.#weights[place] = target < items ? 100 : 0;
      }
    }
    this.#scores = new Float64Array(items);
    this.#seen = new Uint8Array(items);
  }

  take(item, timeMs) {
    this.#history.push({ item, timeMs });
    this.#seen[item] = 1;
  }

  best(count, nowMs) {
    this.#score(nowMs);
    return this.#top(count).map((item) => this.#names[item]);
  }

  #score(nowMs) {
    const scores = this.#scores.fill(0);
    for (const { item, timeMs } of this.#history) {
      const worth = 2 ** ((timeMs - nowMs) / HALF_LIFE_MS);
      const end = (item + 1) * this.#neighbours;
      for (let place = item * this.#neighbours; place < end; place++) {
        scores[this.#targets[place]] += worth * this.#weights[place];
      }
    }
  }

  // A heap with the worst of the best on top.
  #top(count) {
    const scores = this.#scores;
    const heap = [];
    for (let item = 0; item < scores.length; item++) {
      if (this.#seen[item]) continue;
      if (heap.length < count) {
        heap.push(item);
        if (heap.length === count) heap.sort((a, b) => scores[a] - scores[b]);
      } else if (scores[item] > scores[heap[0]]) {
        heap[0] = item;
        sink(heap, scores);
      }
    }
    return heap.sort((a, b) => scores[b] - scores[a]);
  }
}

function sink(heap, scores) {
  let place = 0;
  for (;;) {
    const left = 2 * place + 1;
    if (left >= heap.length) return;
    const right = left + 1;
    const least = right < heap.length && scores[heap[right]] < scores[heap[left]] ? right : left;
    if (scores[heap[place]] <= scores[heap[least]]) return;
    [heap[place], heap[least]] = [heap[least], heap[place]];
    place = least;
  }
}
