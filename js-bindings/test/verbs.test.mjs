// Segment's overloads.

import assert from 'node:assert/strict';
import test from 'node:test';
import { importSource } from './support/files.mjs';

const { callbackOf, newMessageId, readCall, timeOf } = await importSource('verbs.ts');

const p = { a: 1 };
const o = { messageId: 'm' };
const callback = () => {};

// verb, arguments, expected [verb, name, properties, options, has a callback]; null: refused
const cases = [
  ['track', ['E'], ['track', 'E', {}, {}, false]],
  ['track', ['E', p], ['track', 'E', p, {}, false]],
  ['track', ['E', p, o], ['track', 'E', p, o, false]],
  ['track', ['E', p, o, callback], ['track', 'E', p, o, true]],
  ['track', ['E', p, callback], ['track', 'E', p, {}, true]],
  ['track', ['E', callback], ['track', 'E', {}, {}, true]],
  ['track', ['E', null, o], ['track', 'E', {}, o, false]],
  ['track', ['E', undefined, o], ['track', 'E', {}, o, false]],
  ['track', ['E', 'text', o], ['track', 'E', {}, o, false]],
  ['track', [], null],
  ['track', [''], null],
  ['track', [null, p], null],
  ['track', [p], null],
  ['track', [true], null],
  ['page', [], ['page', '', {}, {}, false]],
  ['page', ['N'], ['page', 'N', {}, {}, false]],
  ['page', ['C', 'N'], ['page', 'N', { category: 'C' }, {}, false]],
  ['page', ['C', 'N', p], ['page', 'N', { category: 'C', a: 1 }, {}, false]],
  ['page', ['C', 'N', { category: 'D' }], ['page', 'N', { category: 'D' }, {}, false]],
  ['page', ['N', p, o], ['page', 'N', p, o, false]],
  ['page', [p, o], ['page', '', p, o, false]],
  ['page', [null, p], ['page', '', p, {}, false]],
  ['page', [callback], ['page', '', {}, {}, true]],
  ['identify', ['U'], ['identify', 'U', {}, {}, false]],
  ['identify', [7, p], ['identify', '7', p, {}, false]],
  ['identify', [p, o], ['identify', '', p, o, false]],
  ['identify', [null, p, o], ['identify', '', p, o, false]],
  ['identify', [], null],
  ['identify', [null], null],
  ['identify', [true, p], null],
  ['group', ['G', p], ['group', 'G', p, {}, false]],
  ['group', [p], null],
  ['alias', ['new', 'old', o], ['identify', 'new', {}, o, false]],
  ['alias', ['new', o], ['identify', 'new', {}, o, false]],
  ['alias', [], null],
];

for (const [verb, args, expected] of cases) {
  test(`${verb}(${args.map((a) => (typeof a === 'function' ? 'f' : JSON.stringify(a)))})`, () => {
    const call = readCall(verb, args);
    const { name, properties, options } = call ?? {};
    const done = callbackOf(args) === callback;
    const read = call ? [call.verb, name, properties, options, done] : null;
    assert.deepEqual(read, expected);
  });
}

test('a time is what was given, or now, or none', () => {
  assert.equal(timeOf({}, 5), 5);
  assert.equal(timeOf({ timestamp: new Date(3) }, 5), 3);
  assert.equal(timeOf({ timestamp: 4.7 }, 5), 4);
  assert.equal(timeOf({ timestamp: '1970-01-01T00:00:01Z' }, 5), 1000);
  assert.ok(Number.isNaN(timeOf({ timestamp: 'yesterday' }, 5)));
});

test('message ids are printable, not too long and never the same', () => {
  const ids = Array.from({ length: 1000 }, newMessageId);
  assert.equal(new Set(ids).size, 1000);
  for (const id of ids) assert.match(id, /^([\da-z]{1,7}-){3}[\da-z]{1,7}$/);
});
