// Collected batches as core/docs/formats/task-files.md describes them, for tests of what reads them.

const DAY_S = 86_400;
const timeText = (seconds) => new Date(1000 * seconds).toISOString().replace('.000Z', 'Z');

/** counts: [[label, count]]; halfWidth 0 is a test without noise. */
export function collected({ name, title, measurement, counts, halfWidth = 24, fromDay = 15_280 }) {
  const noisy = halfWidth > 0;
  const [from, to] = [fromDay * DAY_S, (fromDay + 30) * DAY_S];
  const interval = { from: timeText(from), to: timeText(to), from_s: from, to_s: to };
  return {
    format: 'baya.collected',
    version: 1,
    task: { id: 'A'.repeat(43), name, title, measurement, policy: noisy ? 'production' : 'test' },
    interval,
    reports_interval: interval,
    report_count: counts.reduce((sum, [, count]) => sum + Math.max(0, count), 0),
    min_batch_size: 100,
    epsilon_micro: noisy ? 500_000 : 0,
    noise: {
      mechanism: noisy ? 'discrete_laplace' : 'none',
      adjacency: 'replace_one',
      sensitivity: 2,
      draws: noisy ? 2 : 0,
      standard_error: halfWidth / 2,
      half_width_95: halfWidth,
    },
    suppression: {
      rule: noisy
        ? 'a cell is suppressed when its count, with noise, is at most the threshold'
        : 'none: there is no noise',
      threshold: noisy ? halfWidth : null,
    },
    cells: counts.map(([label, count]) => ({
      label,
      count,
      low_95: count - halfWidth,
      high_95: count + halfWidth,
      suppressed: noisy && count <= halfWidth,
    })),
  };
}

export const interest = (more = {}) =>
  collected({
    name: 'category-interest',
    title: 'Which kinds of products people look at',
    measurement: 'category_interest',
    counts: [
      ['lamps', 212],
      ['mugs', 431],
      ['teapots', 17],
      ['candles', -6],
      ['other', 158],
    ],
    ...more,
  });

export const conversion = (more = {}) =>
  collected({
    name: 'conversion',
    title: 'Whether suggestions help',
    measurement: 'conversion_after_recommendation',
    counts: [
      ['shown nothing', 120],
      ['shown, bought nothing', 640],
      ['bought something else', 88],
      ['bought what was shown', 204],
    ],
    ...more,
  });
