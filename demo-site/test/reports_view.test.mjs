// What the My data page says about measurements and reports.
import assert from 'node:assert/strict';
import test from 'node:test';

import { load } from './load.mjs';

const { durationText, epsilonText, reportsMarkup, tasksMarkup } = await load('src/reports_view.ts');

const task = {
  name: 'category-interest',
  title: 'What people look for',
  text: 'Counts the kind you look at most.',
  epsilon: 1,
  minBatch: 100,
  periodS: 604_800,
  windowS: 2_592_000,
  delayS: 3_600,
  test: false,
  labels: ['Rain & umbrellas', 'other'],
  leaderUrl: 'https://leader.example/dap/',
  helperUrl: 'http://127.0.0.1:9002/',
  state: 'off',
  preview: 'Rain & umbrellas',
  nextMs: 0,
};
const measurements = { tasks: [task], budget: 2, spent: 0, epochEndMs: 0, sinceMs: 0 };

const report = {
  state: 'sent',
  title: 'What people look for',
  label: 'other',
  epsilon: 1,
  madeMs: Date.UTC(2026, 10, 1, 12),
  dueMs: 0,
  endedMs: Date.UTC(2026, 10, 1, 13),
  leaderUrl: 'https://leader.example/',
  helperUrl: 'https://helper.example/',
};

test('numbers in words', () => {
  assert.equal(durationText(604_800), '1 week');
  assert.equal(durationText(2_592_000), '30 days');
  assert.equal(durationText(90), '90 seconds');
  assert.match(epsilonText(1), /2\.7 times/);
  assert.match(epsilonText(0), /without noise/);
});

test('a task says what it counts, what would be sent, to whom, and what it costs', () => {
  const { text } = tasksMarkup(measurements);
  for (const words of [
    'Counts the kind you look at most.',
    'Rain &amp; umbrellas',
    'leader.example one half, 127.0.0.1:9002 the other',
    '2.7 times',
    '100 devices',
    '30 days',
    '1 week',
    '1 hour',
    'Switched off',
  ]) {
    assert.ok(text.includes(words), words);
  }
  assert.match(tasksMarkup({ ...measurements, tasks: [] }).text, /measures nothing/);
  const reported = { ...task, state: 'reported', nextMs: Date.UTC(2026, 10, 5) };
  assert.match(tasksMarkup({ ...measurements, tasks: [reported] }).text, /again from 5 Nov 2026/);
  const since = { ...measurements, spent: 1, sinceMs: 1, epochEndMs: Date.UTC(2026, 10, 5) };
  assert.match(tasksMarkup(since).text, /erase everything, counting begins anew/);
});

test('the log says what left', () => {
  assert.match(reportsMarkup([]).text, /<strong>Nothing<\/strong>/);
  const { text } = reportsMarkup([{ ...report, label: 'first' }, report]);
  assert.match(text, /2 answers/);
  assert.ok(text.indexOf('other') < text.indexOf('first'), 'the newest first');
  assert.match(text, /left 1 Nov 2026/);
  const withdrawn = { ...report, state: 'withdrawn', label: '' };
  assert.match(reportsMarkup([withdrawn]).text, /<strong>Nothing<\/strong>/);
  assert.match(reportsMarkup([withdrawn]).text, /on its way then, it may have arrived/);
});
