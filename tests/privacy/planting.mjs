// Plants a change in a copy of the tree and runs the test that has to notice it.
//
// A native plant is compiled like the file it replaces, against the copy, and linked before the
// archives of a build that is there; everything else of the program is that build's. A plant in
// JavaScript is run from the copy, which borrows node_modules/ and build/.
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';

import { run } from '../checks/lint.mjs';
import { readCommands, words } from '../checks/warnings.mjs';
import { readGtestReport, readNodeReport } from '../lib/summary.mjs';
import { copyFiles, projectFiles, ROOT, readText } from '../lib/tree.mjs';

// Of the native build whose programs are changed; any that has tests will do.
const NATIVE = process.env.BAYA_BUILD_TESTS ?? path.join(ROOT, 'build/asan');
const DIST = 'js-bindings/dist';

export const isNative = ({ caught }) => caught.program !== undefined;

/** The text with every edit made. Throws unless each finds its place, and only one. */
export function planted(text, edits) {
  return edits.reduce((before, { from, to }) => {
    const places = before.split(from).length - 1;
    if (places !== 1) throw new Error(`found ${places} times, not once: ${from}`);
    if (from === to) throw new Error(`changes nothing: ${from}`);
    return before.replace(from, () => to);
  }, text);
}

/** {file: its planted text} of a plant, from the tree in `root`. */
export function textsOf({ edits }, root = ROOT) {
  const files = [...new Set(edits.map(({ file }) => file))];
  const editsOf = (file) => edits.filter((edit) => edit.file === file);
  return Object.fromEntries(
    files.map((file) => [file, planted(readText(root, file), editsOf(file))]),
  );
}

/** Calls use(copy) with a copy of the tree in which `texts` stand in place of what is there. */
export async function withCopy(texts, use) {
  const copy = mkdtempSync(path.join(tmpdir(), 'baya-planted-'));
  try {
    copyFiles(ROOT, projectFiles(), copy);
    for (const name of ['node_modules', 'build']) {
      symlinkSync(path.join(ROOT, name), path.join(copy, name));
    }
    if (existsSync(path.join(ROOT, DIST))) {
      cpSync(path.join(ROOT, DIST), path.join(copy, DIST), { recursive: true });
    }
    for (const [file, text] of Object.entries(texts)) writeFileSync(path.join(copy, file), text);
    return await use(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

async function mustRun(command, args, folder) {
  const { status, output } = await run(command, args, folder);
  if (status !== 0) throw new Error(`${path.basename(command)} ended with ${status}:\n${output}`);
}

// A file of the copy, compiled as the build compiles the tree's. Returns the object.
async function compiled(copy, file) {
  const entry = readCommands(NATIVE).find((command) => command.file === path.join(ROOT, file));
  if (!entry) throw new Error(`${file} is not compiled in ${NATIVE}`);
  const object = path.join(copy, `${file.replaceAll('/', '-')}.o`);
  const given = words(entry.command);
  const moved = given.map((word, index) => {
    if (given[index - 1] === '-o') return object;
    if (word.includes(`${ROOT}/build/`)) return word;
    return word === entry.file || /^-I/.test(word) ? word.replace(ROOT, copy) : word;
  });
  await mustRun(moved[0], moved.slice(1), entry.directory);
  return object;
}

const linkCommands = new Map();

async function linkCommandOf(program) {
  if (!linkCommands.has(program)) {
    const { status, output } = await run('ninja', ['-C', NATIVE, '-t', 'commands', program], ROOT);
    const line = output.trimEnd().split('\n').at(-1);
    if (status !== 0 || !/ -o \S*_test /.test(line)) {
      throw new Error(`${NATIVE} does not link ${program}:\n${line}`);
    }
    linkCommands.set(program, line);
  }
  return linkCommands.get(program);
}

/** A test program with these files of the copy in place of the build's. */
export async function programWith(copy, program, files) {
  const objects = await inParallel(files, (file) => compiled(copy, file));
  const out = path.join(copy, program);
  const before = await linkCommandOf(program);
  // Objects come before archives: their names are found first.
  const link = before.replace(/ -o (\S*_test) /, () => ` ${objects.join(' ')} -o ${out} `);
  await mustRun('bash', ['-c', link], NATIVE);
  return out;
}

/** [{name, outcome}] of the GoogleTest cases that were run; none after a crash. */
export async function runProgram(program, tests) {
  const report = `${program}.xml`;
  rmSync(report, { force: true });
  const args = [`--gtest_filter=${tests.join(':')}`, `--gtest_output=xml:${report}`];
  const { output } = await run(program, args, path.dirname(program));
  const cases = existsSync(report)
    ? readGtestReport(readText('/', report)).filter(({ detail }) => detail !== 'disabled')
    : [];
  return { cases, output };
}

const escaped = (name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Likewise of the cases of a file of `node --test` in the copy. */
export async function runScript(copy, script, tests) {
  const patterns = tests.map((name) => `--test-name-pattern=^${escaped(name)}$`);
  const args = ['--test', ...patterns, '--test-reporter=junit', script];
  // A test runner that runs in another one reports to that one.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const { output } = await run('env', ['-i', ...pairs(env), process.execPath, ...args], copy);
  return { cases: readNodeReport(output), output };
}

const pairs = (env) => Object.entries(env).map(([name, value]) => `${name}=${value}`);

/** Builds js-bindings/dist of the copy anew, around the modules that are there. */
export const buildDist = (copy) =>
  mustRun(process.execPath, ['build.mjs'], path.join(copy, 'js-bindings'));

/** What became of one named test: passed, failed, or missing when it was not run to its end. */
export const outcomeOf = ({ cases }, name) =>
  cases.find((found) => found.name === name)?.outcome ?? 'missing';

/** Maps with as many at a time as there are processors; the results in order. */
export async function inParallel(items, work) {
  const results = [];
  let next = 0;
  const one = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index]);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, one));
  return results;
}
