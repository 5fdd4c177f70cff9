import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';

import {
  collect,
  parseXml,
  readCtest,
  readGtestReport,
  readNodeReport,
  render,
} from './summary.mjs';

const GTEST = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="4" failures="1" disabled="1" errors="0" name="AllTests">
  <testsuite name="Status" tests="4">
    <testcase name="Holds" status="run" result="completed" classname="Status" />
    <testcase name="Breaks" status="run" result="completed" classname="Status">
      <failure message="status_test.cc:9&#x0A;Expected: 1" type=""><![CDATA[<a> "b"]]></failure>
    </testcase>
    <testcase name="DISABLED_Off" status="notrun" result="suppressed" classname="Status" />
    <testcase name="Vectors" status="run" result="skipped" classname="Status">
      <skipped message="/src/status_test.cc:20&#x0A;BAYA_SHARED is not set&#x0A;"/>
    </testcase>
  </testsuite>
</testsuites>`;

const GTEST_PASSING = `<testsuites><testsuite name="S">
  <testcase name="Holds" status="run" classname="S"/></testsuite></testsuites>`;

const NODE = `<?xml version="1.0" encoding="utf-8"?>
<testsuites>
	<testcase name="ok" time="0.001" classname="test"/>
	<testsuite name="suite" tests="2">
		<testcase name="bad" classname="test" failure="1 == 2">
			<failure type="testCodeFailure" message="1 == 2 &lt;x> &amp; y">code: &apos;E&apos;</failure>
		</testcase>
		<testcase name="later" classname="test"><skipped type="skipped" message="needs X"/></testcase>
	</testsuite>
	<!-- tests 3 -->
</testsuites>`;

const NODE_PASSING = '<testsuites><testcase name="ok" classname="test"/></testsuites>';

function inFolder(files, use) {
  const folder = mkdtempSync(path.join(tmpdir(), 'baya-summary-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const ctestPromise = (...tests) => JSON.stringify({ tests });
const program = (folder, name) => ({
  name,
  command: [name, `--gtest_output=xml:${path.join(folder, `${name}.xml`)}`],
});
const ctestReport = (...rows) =>
  `<testsuite>${rows.map(([name, status]) => `<testcase name="${name}" status="${status}"/>`).join('')}</testsuite>`;

test('a GoogleTest report counts passed, failed, disabled and skipped tests', () => {
  assert.deepEqual(readGtestReport(GTEST), [
    { name: 'Status.Holds', outcome: 'passed', detail: '' },
    { name: 'Status.Breaks', outcome: 'failed', detail: 'status_test.cc:9' },
    { name: 'Status.DISABLED_Off', outcome: 'skipped', detail: 'disabled' },
    { name: 'Status.Vectors', outcome: 'skipped', detail: 'BAYA_SHARED is not set' },
  ]);
});

test('a Node report counts nested tests, failures and skips with their reasons', () => {
  assert.deepEqual(readNodeReport(NODE), [
    { name: 'ok', outcome: 'passed', detail: '' },
    { name: 'suite > bad', outcome: 'failed', detail: '1 == 2 <x> & y' },
    { name: 'suite > later', outcome: 'skipped', detail: 'needs X' },
  ]);
});

test('an error element is a failure', () => {
  const report =
    '<testsuites><testcase name="a" classname="B"><error message="x"/></testcase></testsuites>';
  assert.equal(readGtestReport(report)[0].outcome, 'failed');
  assert.equal(readNodeReport(report)[0].outcome, 'failed');
});

test('a Node test file that ran no test is a failure, though Node calls it passed', () => {
  const report = '<testsuites><testcase name="/src/a.test.mjs" classname="test"/></testsuites>';
  assert.deepEqual(readNodeReport(report), [
    { name: '/src/a.test.mjs', outcome: 'failed', detail: 'the file ran no test' },
  ]);
});

test('a report that stops in the middle, or is empty, is refused', () => {
  assert.throws(() => parseXml(GTEST.slice(0, GTEST.length / 2)), /not closed/);
  assert.throws(() => parseXml(''), /empty/);
});

test("a GoogleTest program that leaves no report is a failure beside the others' results", () => {
  inFolder({ 'good.xml': GTEST_PASSING }, (folder) => {
    const promised = ctestPromise(program(folder, 'good'), program(folder, 'crashes'));
    const cases = readCtest(promised, ctestReport(['good', 'run'], ['crashes', 'fail']));
    assert.deepEqual(cases, [
      { name: 'S.Holds', outcome: 'passed', detail: '' },
      { name: 'crashes', outcome: 'failed', detail: 'ended without a report' },
    ]);
  });
});

test('a truncated report, a report without tests and a bad exit after passing tests fail', () => {
  const files = { 'cut.xml': '<testsuites><testsuite>', 'none.xml': '<testsuites/>' };
  inFolder({ ...files, 'leaks.xml': GTEST_PASSING }, (folder) => {
    const names = ['cut', 'none', 'leaks'];
    const cases = readCtest(
      ctestPromise(...names.map((name) => program(folder, name))),
      ctestReport(['cut', 'run'], ['none', 'run'], ['leaks', 'fail']),
    );
    const failed = cases.filter(({ outcome }) => outcome === 'failed');
    assert.deepEqual(
      failed.map(({ name }) => name),
      names,
    );
    assert.match(failed[2].detail, /ended badly/);
  });
});

test('a ctest test that is not a GoogleTest program counts by its own result', () => {
  const promised = ctestPromise({ name: 'links', command: ['true'] }, { name: 'lost' });
  assert.deepEqual(readCtest(promised, ctestReport(['links', 'run'])), [
    { name: 'links', outcome: 'passed', detail: '' },
    { name: 'lost', outcome: 'failed', detail: 'did not run' },
  ]);
});

test('a step that ends badly without a failed test is one failure', () => {
  inFolder({ 'js/node.xml': NODE_PASSING }, (folder) => {
    const steps = collect(folder, [
      { name: 'wasm', status: 1, seconds: 4 },
      { name: 'js', status: 0, seconds: 2 },
    ]);
    const { text, status } = render(steps);
    assert.equal(status, 1);
    assert.match(text, /wasm: wasm - the step ended with status 1/);
    assert.equal(text.split('\n').at(-1), '1 passed, 1 failed');
  });
});

test('an unreadable Node report is a failure even when the step ended well', () => {
  inFolder({ 'js/node.xml': '<testsuites>' }, (folder) => {
    const steps = collect(folder, [{ name: 'js', status: 0, seconds: 0 }]);
    assert.equal(render(steps).status, 1);
  });
});

test('a good run ends with the count alone and exits 0', () => {
  inFolder({ 'js/node.xml': NODE_PASSING }, (folder) => {
    const { text, status } = render(collect(folder, [{ name: 'js', status: 0, seconds: 1 }]));
    assert.equal(status, 0);
    assert.match(text, /^Skipped: none$/m);
    assert.equal(text.split('\n').at(-1), '1 passed, 0 failed');
  });
});

test('skips are listed by name with their reason and counted on the last line', () => {
  inFolder({ 'js/node.xml': NODE }, (folder) => {
    const { text } = render(collect(folder, [{ name: 'js', status: 1, seconds: 1 }]));
    assert.match(text, /js: suite > later - needs X/);
    assert.equal(text.split('\n').at(-1), '1 passed, 1 failed, 1 skipped');
  });
});

test('a run without any test does not exit 0', () => {
  inFolder({}, (folder) => {
    const { text, status } = render(collect(folder, [{ name: 'js', status: 0, seconds: 1 }]));
    assert.equal(status, 1);
    assert.equal(text.split('\n').at(-1), '0 passed, 0 failed');
  });
});
