// What core/dap puts into a page's module: how to make a report, and nothing of how Aggregators
// verify and sum them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

const read = (program) =>
  readFileSync(
    new URL(`../../build/wasm/tests/checks/dap_client/dap_client_${program}.wasm`, import.meta.url),
  );

// Functions of Aggregators and Collectors, by a part of their name: virtual ones, which no optimiser
// merges into another.
const AGGREGATORS_ONLY = [
  'VerifyInit',
  'VerifierSharesToMessage',
  'VerifyNext',
  'AggUpdate',
  'UnshardNoised',
];

// The same program with a Leader shows that the search finds what is there.
test('a device links nothing that verifies or sums', () => {
  for (const name of AGGREGATORS_ONLY) {
    assert.ok(read('aggregator').includes(name), `the search does not find ${name}`);
    assert.ok(!read('device').includes(name), `a device's module has ${name}`);
  }
});

test('a device links sharding and sealing', () => {
  for (const name of ['dap::MakeReport', '::Shard(', 'hpke::', 'Prio3Client']) {
    assert.ok(read('device').includes(name), name);
  }
});
