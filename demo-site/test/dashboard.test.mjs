// What the dashboard makes of collected batches, without a browser.
import assert from 'node:assert/strict';
import test from 'node:test';

import { conversion, interest } from '../../tests/lib/collected.mjs';
import { load } from './load.mjs';

const { byTask, parseBatch } = await load('src/dashboard_data.ts');
const { csvOf } = await load('src/dashboard_csv.ts');
const { cellText, headlineText, inOrder, periodText, taskMarkup } =
  await load('src/dashboard_view.ts');

const batch = (json) => parseBatch(json);

test('a collected batch is read, and nothing else', () => {
  const { task, reports, epsilon, halfWidth, cells } = batch(interest());
  assert.deepEqual(task.name, 'category-interest');
  assert.deepEqual([reports, epsilon, halfWidth], [818, 0.5, 24]);
  assert.deepEqual(cells[0], {
    label: 'lamps',
    count: 212,
    low: 188,
    high: 236,
    suppressed: false,
  });
  const spoiled = [null, [], {}, { ...interest(), version: 2 }, { ...interest(), cells: [] }];
  spoiled.push({ ...interest(), report_count: '7' }, { ...interest(), noise: null });
  for (const json of spoiled) assert.throws(() => parseBatch(json));
});

test('kinds go by size with the others last; outcomes keep their order', () => {
  const labels = (json) => inOrder(batch(json)).map(({ label }) => label);
  assert.deepEqual(labels(interest()), ['mugs', 'lamps', 'teapots', 'candles', 'other']);
  assert.deepEqual(labels(conversion())[0], 'shown nothing');
});

test('numbers are said with their error, and suppressed ones not at all', () => {
  const [lamps, , teapots, candles] = batch(interest()).cells;
  assert.equal(cellText(lamps), '212, give or take 24');
  assert.equal(cellText(teapots), 'at most 41');
  assert.equal(cellText(candles), 'at most 18');
  const [exact] = batch(interest({ halfWidth: 0 })).cells;
  assert.equal(cellText(exact), '212');
  const { text } = taskMarkup([batch(interest())], 0, 'task-0');
  assert.match(text, /2 rows are left grey/);
  assert.ok(!/>17<|>-6</.test(text), 'a suppressed count is shown');
  assert.match(taskMarkup([batch(interest({ halfWidth: 0 }))], 0, 'x').text, /a test/);
});

test('the headline says what stands out', () => {
  assert.equal(
    headlineText(batch(interest())),
    'More visitors were interested in Mugs than in any other kind: 431, give or take 24.',
  );
  const said = (...values) =>
    headlineText(
      batch(
        interest({
          counts: values.map((count, i) => [
            i === values.length - 1 ? 'other' : `kind ${i + 1}`,
            count,
          ]),
        }),
      ),
    );
  assert.match(said(300, 251, 900), /interested in Kind 1 than in any other kind: 300/);
  assert.equal(
    said(300, 252, 900),
    'No one kind stands out: Kind 1 and Kind 2 are too close to tell apart.',
  );
  assert.match(
    said(300, 299, 298, 297, 296, 0),
    /: Kind 1, Kind 2, Kind 3 and 2 more are too close/,
  );
  assert.equal(said(17, 3, 900), 'Too few visitors contributed for any kind to stand out.');
  // 204 of 640 + 88 + 204; at worst 180 of 664 + 112 + 180, at best 228 of 616 + 64 + 228.
  assert.match(headlineText(batch(conversion())), /22% \(between 19% and 25%\) bought/);
  assert.match(headlineText(batch(conversion({ halfWidth: 0 }))), /, 22% bought/);
});

test('batches of a task are together, the newest first', () => {
  const all = [interest(), conversion(), interest({ fromDay: 15_310 })].map(batch);
  const [own, other] = byTask(all);
  assert.deepEqual([own.length, other.length], [2, 1]);
  assert.equal(periodText(own[0]), '2 Dec 2011 to 31 Dec 2011');
  assert.match(taskMarkup(own, 1, 'x').text, /<option value="1" selected>/);
});

test('CSV: quoted, no formulas, no suppressed counts', () => {
  const counts = [
    ['=SUM(A1)', 431],
    ['a "b", c', 17],
  ];
  const [head, first, second] = csvOf(batch(interest({ counts }))).split('\r\n');
  assert.equal(head, 'task,from,to,contributors,epsilon,label,count,low_95,high_95,suppressed');
  assert.match(first, /,0\.5,'=SUM\(A1\),431,407,455,no$/);
  assert.match(second, /,"a ""b"", c",,-7,41,yes$/);
});

test('hostile labels are text', () => {
  const counts = [
    ['<img src=x>', 431],
    ['other', 50],
  ];
  assert.doesNotMatch(taskMarkup([batch(interest({ counts }))], 0, 'x').text, /<img/);
});
