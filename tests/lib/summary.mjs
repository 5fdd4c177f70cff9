// Adds up what the steps of tests/run left behind and says how the run went.
//
//   node tests/lib/summary.mjs RESULTS
//
// RESULTS/steps.tsv has one line per step: name, exit status, seconds. RESULTS/STEP/ may hold
//   node*.xml               JUnit reports of `node --test`
//   ctest.json, ctest.xml   what `ctest --show-only=json-v1` promised and its JUnit report;
//                           GoogleTest programs are counted test by test from the XML files that
//                           they were told to write, and a missing file is a crash
// Prints the skipped tests, the failed tests and a table; the last line is "N passed, N failed",
// with ", N skipped" after it if there are any. Exits 0 only if something passed, nothing failed
// and no step ended badly.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const ENTITIES = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescapeXml(text) {
  return text.replace(/&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g, (whole, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal) return String.fromCodePoint(Number(decimal));
    return ENTITIES[name] ?? whole;
  });
}

// The elements of an XML report as {tag, attributes, children}; text is dropped. Throws when an
// element is left open, as in the report of a program that died while writing.
export function parseXml(text) {
  const root = { tag: '', attributes: {}, children: [] };
  const open = [root];
  const tags = /<(\/?)([\w:.-]+)((?:\s+[\w:.-]+="[^"]*")*)\s*(\/?)>/g;
  const bare = text.replace(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>/g, '');
  for (const [, closing, tag, attributeText, empty] of bare.matchAll(tags)) {
    if (closing) {
      if (open.pop().tag !== tag) throw new Error(`unexpected </${tag}>`);
      continue;
    }
    const attributes = {};
    for (const [, key, value] of attributeText.matchAll(/([\w:.-]+)="([^"]*)"/g)) {
      attributes[key] = unescapeXml(value);
    }
    const element = { tag, attributes, children: [] };
    open.at(-1).children.push(element);
    if (!empty) open.push(element);
  }
  if (open.length !== 1) throw new Error(`<${open.at(-1).tag}> is not closed`);
  if (root.children.length === 0) throw new Error('the report is empty');
  return root;
}

// Calls visit(testcase, names of the suites around it) for each test case below `element`.
function eachTestCase(element, visit, suites = []) {
  for (const child of element.children) {
    if (child.tag === 'testcase') visit(child, suites);
    else eachTestCase(child, visit, [...suites, child.attributes.name].filter(Boolean));
  }
}

const firstLine = (text = '') => text.split('\n')[0];

function outcomeOf(testcase) {
  const find = (tag) => testcase.children.find((child) => child.tag === tag);
  const failure = find('failure') ?? find('error');
  if (failure) return { outcome: 'failed', detail: firstLine(failure.attributes.message) };
  const skipped = find('skipped');
  if (skipped) {
    const lines = (skipped.attributes.message ?? '').split('\n');
    // GoogleTest puts "file:line" on the first line.
    return { outcome: 'skipped', detail: lines.find((line) => line && !/:\d+$/.test(line)) ?? '' };
  }
  return { outcome: 'passed', detail: '' };
}

// The test cases of one report of `node --test`. A case that bears a test file's own name stands
// for a file that could not be loaded, ended early or has no test: never a pass.
export function readNodeReport(text) {
  const cases = [];
  eachTestCase(parseXml(text), (testcase, suites) => {
    const name = [...suites, testcase.attributes.name].join(' > ');
    const result = { name, ...outcomeOf(testcase) };
    if (/^\/.*\.test\.[cm]?[jt]s$/.test(testcase.attributes.name)) {
      if (result.outcome === 'passed') result.detail = 'the file ran no test';
      result.outcome = 'failed';
    }
    cases.push(result);
  });
  return cases;
}

// The test cases of one GoogleTest report.
export function readGtestReport(text) {
  const cases = [];
  eachTestCase(parseXml(text), (testcase) => {
    const { name, classname, status } = testcase.attributes;
    const result = { name: `${classname}.${name}`, ...outcomeOf(testcase) };
    if (status === 'notrun') Object.assign(result, { outcome: 'skipped', detail: 'disabled' });
    cases.push(result);
  });
  return cases;
}

function readProgram(program, file, endedWell) {
  const crash = (detail) => [{ name: program, outcome: 'failed', detail }];
  if (!existsSync(file)) return crash('ended without a report');
  let cases;
  try {
    cases = readGtestReport(readFileSync(file, 'utf8'));
  } catch (error) {
    return crash(`left an unreadable report: ${error.message}`);
  }
  if (cases.length === 0) return crash('ran no test');
  if (!endedWell && cases.every(({ outcome }) => outcome !== 'failed')) {
    return [...cases, ...crash('ended badly after its tests (a leak, or an abort at exit)')];
  }
  return cases;
}

// The test cases of one ctest run: `promised` and `report` are ctest's JSON and JUnit texts.
export function readCtest(promised, report) {
  const outcomes = new Map();
  eachTestCase(parseXml(report), (testcase) => {
    const passed = testcase.attributes.status === 'run' && outcomeOf(testcase).outcome === 'passed';
    outcomes.set(testcase.attributes.name, passed);
  });
  return JSON.parse(promised).tests.flatMap(({ name, command = [] }) => {
    const output = command.find((word) => word.startsWith('--gtest_output=xml:'));
    if (output) return readProgram(name, output.split('xml:')[1], outcomes.get(name) === true);
    const detail = outcomes.has(name) ? '' : 'did not run';
    return [{ name, outcome: outcomes.get(name) ? 'passed' : 'failed', detail }];
  });
}

function readStep(directory) {
  if (!existsSync(directory)) return [];
  const read = (file) => readFileSync(path.join(directory, file), 'utf8');
  const files = readdirSync(directory).sort();
  const cases = files
    .filter((file) => /^node.*\.xml$/.test(file))
    .flatMap((file) => {
      try {
        return readNodeReport(read(file));
      } catch (error) {
        return [{ name: file, outcome: 'failed', detail: `unreadable: ${error.message}` }];
      }
    });
  if (!files.includes('ctest.json')) return cases;
  const report = files.includes('ctest.xml') ? read('ctest.xml') : '<testsuite/>';
  return [...cases, ...readCtest(read('ctest.json'), report)];
}

// `steps`: [{name, status, seconds}]. Returns them with `cases`; a step that ended badly without
// a failed test counts as one failure of its own.
export function collect(results, steps) {
  return steps.map((step) => {
    const cases = readStep(path.join(results, step.name));
    if (step.status !== 0 && cases.every(({ outcome }) => outcome !== 'failed')) {
      const detail = `the step ended with status ${step.status}`;
      cases.push({ name: step.name, outcome: 'failed', detail });
    }
    return { ...step, cases };
  });
}

const count = (cases, outcome) => cases.filter((one) => one.outcome === outcome).length;

// The text to print and the exit status of the whole run.
export function render(steps) {
  const all = steps.flatMap(({ name, cases }) => cases.map((one) => ({ ...one, step: name })));
  const list = (outcome) =>
    all
      .filter((one) => one.outcome === outcome)
      .map((one) => `  ${one.step}: ${one.name}${one.detail && ` - ${one.detail}`}`);
  const [passed, failed, skipped] = ['passed', 'failed', 'skipped'].map((one) => count(all, one));
  const lines = [];
  if (skipped > 0) lines.push('Skipped:', ...list('skipped'), '');
  else lines.push('Skipped: none', '');
  if (failed > 0) lines.push('Failed:', ...list('failed'), '');
  const row = (name, ...cells) => name.padEnd(14) + cells.map((c) => `${c}`.padStart(9)).join('');
  lines.push(row('step', 'passed', 'failed', 'skipped', 'seconds'));
  for (const { name, cases, seconds } of steps) {
    const counts = ['passed', 'failed', 'skipped'].map((outcome) => count(cases, outcome));
    lines.push(row(name, ...counts, seconds));
  }
  const seconds = steps.reduce((sum, step) => sum + step.seconds, 0);
  lines.push(row('all', passed, failed, skipped, seconds), '');
  if (passed === 0) lines.push('No test passed: that is not a good run.');
  lines.push(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return { text: lines.join('\n'), status: failed === 0 && passed > 0 ? 0 : 1 };
}

function readSteps(results) {
  const text = readFileSync(path.join(results, 'steps.tsv'), 'utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [name, status, seconds] = line.split('\t');
      return { name, status: Number(status), seconds: Number(seconds) };
    });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const results = process.argv[2];
  const { text, status } = render(collect(results, readSteps(results)));
  console.log(text);
  process.exitCode = status;
}
