// `baya conformance vdaf` itself: it passes on the published vectors in both builds, and fails on
// one wrong digit, on a failure that does not come, on nothing to check.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const shared = process.env.BAYA_SHARED ?? join(root, '../shared');
const vectors = join(shared, 'vectors/vdaf-20');
const skip = existsSync(vectors) ? false : `no vectors in ${vectors}; set BAYA_SHARED`;

const program = 'tools/conformance/baya-conformance';
const builds = {
  native: [join(process.env.BAYA_BUILD_RELEASE ?? join(root, 'build/release'), program)],
  wasm: [
    process.execPath,
    '--no-experimental-fetch',
    `${join(process.env.BAYA_BUILD_WASM ?? join(root, 'build/wasm'), program)}.cjs`,
  ],
};

const temporary = mkdtempSync(join(tmpdir(), 'baya-conformance-'));
after(() => rmSync(temporary, { recursive: true }));

function directoryOf(...files) {
  const directory = mkdtempSync(join(temporary, 'vectors-'));
  for (const file of files) cpSync(join(vectors, file), join(directory, file));
  return directory;
}

function edit(directory, file, change) {
  const path = join(directory, file);
  const vector = JSON.parse(readFileSync(path, 'utf8'));
  change(vector);
  writeFileSync(path, JSON.stringify(vector));
}

const changeDigit = (hex, at) => {
  const digit = hex[at] === '0' ? '1' : '0';
  return hex.slice(0, at) + digit + hex.slice(at + 1);
};

for (const [build, [command, ...before]] of Object.entries(builds)) {
  const run = (...args) => spawnSync(command, [...before, ...args], { encoding: 'utf8' });
  const runVdaf = (directory) => run('vdaf', directory);

  describe(`baya conformance vdaf (${build})`, () => {
    test('passes on the published vectors and names what is not built', { skip }, () => {
      const { status, stdout, stderr } = runVdaf(vectors);
      assert.equal(status, 0, stdout + stderr);
      for (const type of ['Prio3Count', 'Prio3Histogram']) {
        for (const file of [`${type}_0.json`, `${type}_1.json`, `${type}_2.json`]) {
          assert.match(stdout, new RegExp(`^pass  ${file}$`, 'm'));
        }
      }
      assert.match(stdout, /^pass {2}Prio3Count_bad_helper_seed\.json$/m);
      assert.match(stdout, /^pass {2}Prio3Histogram_bad_verifier_message\.json$/m);
      assert.match(stdout, /^pass {2}XofTurboShake128\.json$/m);
      assert.doesNotMatch(stdout, /FAIL/);
    });

    test('fails on one wrong digit, wherever it is, and says where', { skip }, () => {
      const file = 'Prio3Histogram_1.json';
      const places = [
        [(v) => (v.reports[0].public_share = changeDigit(v.reports[0].public_share, 7)), 'shard'],
        [
          (v) => (v.reports[0].input_shares[0] = changeDigit(v.reports[0].input_shares[0], 9)),
          'shard',
        ],
        [
          (v) => (v.reports[0].input_shares[2] = changeDigit(v.reports[0].input_shares[2], 9)),
          'shard',
        ],
        [
          (v) =>
            (v.reports[0].verifier_shares[0][1] = changeDigit(
              v.reports[0].verifier_shares[0][1],
              3,
            )),
          'verify_init',
        ],
        [
          (v) =>
            (v.reports[0].verifier_messages[0] = changeDigit(v.reports[0].verifier_messages[0], 0)),
          'verifier_shares_to_message',
        ],
        [
          (v) => (v.reports[0].out_shares[0] = changeDigit(v.reports[0].out_shares[0], 2)),
          'verify_next',
        ],
        [(v) => (v.agg_shares[1] = changeDigit(v.agg_shares[1], 2)), 'aggregate'],
        [(v) => (v.agg_result[0] += 1), 'unshard'],
        [(v) => (v.verify_key = changeDigit(v.verify_key, 5)), 'verify_init'],
        [(v) => (v.ctx = changeDigit(v.ctx, 1)), 'shard'],
      ];
      for (const [change, operation] of places) {
        const directory = directoryOf(file);
        edit(directory, file, change);
        const { status, stdout, stderr } = runVdaf(directory);
        assert.equal(status, 1, `${operation}: ${stdout}`);
        assert.match(stdout, /^FAIL {2}Prio3Histogram_1\.json$/m);
        assert.match(stderr, new RegExp(operation));
        assert.match(stderr, /expected: .+\n\s+got: /);
      }
    });

    test('fails when an expected failure does not come, or comes elsewhere', { skip }, () => {
      const file = 'Prio3Count_bad_helper_seed.json';
      const later = directoryOf(file);
      edit(later, file, (v) => (v.operations.at(-1).success = true));
      assert.equal(runVdaf(later).status, 1);
      const earlier = directoryOf(file);
      edit(earlier, file, (v) => (v.operations[0].success = false));
      const { status, stderr } = runVdaf(earlier);
      assert.equal(status, 1);
      assert.match(stderr, /expected: failure\n\s+got: +success/);
    });

    test('fails on a wrong seed or vector of the XOF', { skip }, () => {
      for (const member of ['derived_seed', 'expanded_vec_field128']) {
        const directory = directoryOf('XofTurboShake128.json');
        edit(directory, 'XofTurboShake128.json', (v) => (v[member] = changeDigit(v[member], 4)));
        assert.equal(runVdaf(directory).status, 1, member);
      }
    });

    test('fails on a file it cannot read as a vector', { skip }, () => {
      for (const text of ['', '{}', '[1]', '{"operations": []}']) {
        const directory = directoryOf('Prio3Count_0.json');
        writeFileSync(join(directory, 'Prio3Count_9.json'), text);
        const { status, stdout } = runVdaf(directory);
        assert.equal(status, 1, text);
        assert.match(stdout, /^FAIL {2}Prio3Count_9\.json$/m);
      }
    });

    test('fails when there is nothing to check', { skip }, () => {
      assert.equal(runVdaf(directoryOf()).status, 1);
      assert.equal(runVdaf(join(temporary, 'missing')).status, 1);
      const unknown = directoryOf();
      writeFileSync(join(unknown, 'Prio3Unheard_0.json'), '{}');
      const { status, stdout } = runVdaf(unknown);
      assert.equal(status, 1);
      assert.match(stdout, /not built yet: Prio3Unheard/);
    });

    test('explains itself', { skip }, () => {
      const { status, stdout } = run('--help');
      assert.equal(status, 0);
      assert.match(stdout, /Examples:\n +tools\/baya conformance vdaf /);
      assert.notEqual(run().status, 0);
      assert.notEqual(run('vdaf').status, 0);
    });
  });
}
