import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ROOT, readText } from '../lib/tree.mjs';
import { checkLock } from './lockfile.mjs';

const lock = JSON.parse(readText(ROOT, 'package-lock.json'));

test('the lock file has no hole', () => {
  assert.deepEqual(checkLock(lock), []);
});

test('planted: a package for another platform that is left out is found', () => {
  const packages = { ...lock.packages };
  const other = Object.keys(packages).find((name) => packages[name].os?.[0] === 'darwin');
  delete packages[other];
  const problems = checkLock({ packages });
  assert.equal(problems.length, 1);
  assert.ok(problems[0].includes(other.replace('node_modules/', '')));
});

test('planted: a nested package is found where it is, and its absence too', () => {
  const packages = {
    'node_modules/a': { dependencies: { b: '1' } },
    'node_modules/a/node_modules/b': { dependencies: { c: '1' } },
    'node_modules/c': {},
  };
  assert.deepEqual(checkLock({ packages }), []);
  delete packages['node_modules/c'];
  assert.match(checkLock({ packages })[0], /b asks for c/);
});
