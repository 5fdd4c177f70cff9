// Every promise has a test that fails when it is broken: violations are planted one at a time, and
// the test that the plant names has to fail, by itself and not because nothing was built or ran.
// Without a plant all of these tests pass, in programs that are made in the same way.
import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { test } from 'node:test';

import {
  buildDist,
  isNative,
  outcomeOf,
  planted,
  programWith,
  runProgram,
  runScript,
  textsOf,
  withCopy,
} from './planting.mjs';
import { plants } from './plants.mjs';

const chosen = process.env.BAYA_FULL ? plants : plants.filter(({ every }) => every);
const concurrency = availableParallelism();
const timeout = 900_000;

const groupsBy = (key) => [...new Set(chosen.filter((plant) => key(plant)).map(key))];
const programOf = ({ caught }) => caught.program;
const scriptOf = ({ caught }) => caught.script;
const namesOf = (group) => [...new Set(group.map(({ caught }) => caught.test))];

function assertOutcome(result, name, wanted) {
  const outcome = outcomeOf(result, name);
  assert.equal(outcome, wanted, `${name}: ${outcome}\n${result.output.slice(-4000)}`);
}

test('every plant has a place in the tree, and one only', () => {
  for (const plant of plants) textsOf(plant);
  const names = plants.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
});

test('control: a plant that does not apply is an error', () => {
  const edits = (from, to) => [{ from, to }];
  assert.equal(planted('one two', edits('two', 'three')), 'one three');
  assert.throws(() => planted('one two', edits('four', 'three')), /found 0 times/);
  assert.throws(() => planted('two two', edits('two', 'three')), /found 2 times/);
  assert.throws(() => planted('one two', edits('two', 'two')), /changes nothing/);
});

test('without a plant the tests pass', { concurrency, timeout }, async (t) => {
  const programs = groupsBy(programOf).map((program) =>
    t.test(`in ${program}`, () => {
      const group = chosen.filter((plant) => programOf(plant) === program);
      const files = [...new Set(group.flatMap(({ edits }) => edits.map(({ file }) => file)))];
      return withCopy({}, async (copy) => {
        const result = await runProgram(await programWith(copy, program, files), namesOf(group));
        for (const name of namesOf(group)) assertOutcome(result, name, 'passed');
      });
    }),
  );
  const scripts = groupsBy(scriptOf).map((at) =>
    t.test(`in ${at}`, () => {
      const group = chosen.filter((plant) => scriptOf(plant) === at);
      return withCopy({}, async (copy) => {
        if (group.some(({ dist }) => dist)) await buildDist(copy);
        const result = await runScript(copy, at, namesOf(group));
        for (const name of namesOf(group)) assertOutcome(result, name, 'passed');
      });
    }),
  );
  await Promise.all([...programs, ...scripts]);
});

async function runPlanted(plant, copy) {
  const { program, script, test: name } = plant.caught;
  if (isNative(plant)) {
    const files = [...new Set(plant.edits.map(({ file }) => file))];
    return runProgram(await programWith(copy, program, files), [name]);
  }
  if (plant.dist) await buildDist(copy);
  return runScript(copy, script, [name]);
}

test(`${chosen.length} of ${plants.length} violations`, { concurrency, timeout }, async (t) => {
  await Promise.all(
    chosen.map((plant) =>
      t.test(`caught: ${plant.name}`, async (sub) => {
        const began = Date.now();
        await withCopy(textsOf(plant), async (copy) => {
          assertOutcome(await runPlanted(plant, copy), plant.caught.test, 'failed');
        });
        sub.diagnostic(`by ${plant.caught.test}, ${Date.now() - began} ms`);
      }),
    ),
  );
});
