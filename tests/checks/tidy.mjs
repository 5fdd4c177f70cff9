// clang-tidy spends its time on the headers, and all of it again for every source. So sources that
// are compiled with the same flags are given to it together, as one file that includes them; what it
// says names the source or the header. An included source counts as a header where that matters:
// google-global-names-in-headers holds for sources too.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';

import { readText, withTempFolder } from '../lib/tree.mjs';
import { run } from './lint.mjs';
import { readCommands, words } from './warnings.mjs';

// Sources in one file: with more, a processor is idle at the end.
const TOGETHER = 24;

// These look at nothing but the file that clang-tidy was started on, for declarations that few
// sources have.
const IN_MAIN_FILE = ['misc-unused-using-decls', 'misc-unused-alias-decls'];
const hasSuch = (text) => /\busing\s+[^;=]+;|\bnamespace\s+\w+\s*=/.test(text);

// What the build of `buildFolder` compiles of `files` (relative to `root`). Headers are checked with
// the sources that include them. The path-sensitive analyzer, half of the time, is for the long run.
// Returns {status, output}; status 0 means clean.
export function clangTidy(root, buildFolder, files, { analyzer = true } = {}) {
  return withTempFolder(async (folder) => {
    const commands = readCommands(buildFolder);
    const sources = files.map((file) => readSource(root, commands, file));
    const tidy = tidyIn(root, folder);
    const chosen = analyzer ? [] : ['--checks=-clang-analyzer-*'];
    const using = sources.filter(({ text }) => hasSuch(text));
    const results = await inParallel([
      ...groupsOf(sources).map((group) => () => tidyTogether(tidy, group, chosen)),
      ...using.map((source) => () => tidy([source], only(IN_MAIN_FILE))),
    ]);
    const failures = results.flat().filter(({ status }) => status !== 0);
    return { status: failures.length, output: failures.map(({ output }) => output).join('\n') };
  });
}

const only = (checks) => [`--checks=-*,${checks.join(',')}`];

// The folder whose .clang-tidy is for `file`, relative to `root`.
function configOf(root, file) {
  let folder = path.dirname(file);
  while (folder !== '.' && !existsSync(path.join(root, folder, '.clang-tidy'))) {
    folder = path.dirname(folder);
  }
  return folder;
}

// A source of the build: {file, text, directory, flags, config}, where the flags have no input or
// output.
function readSource(root, commands, file) {
  const isIt = (entry) => path.resolve(entry.directory, entry.file) === path.join(root, file);
  const entry = commands.find(isIt);
  if (!entry) throw new Error(`${file} belongs to no target`);
  const given = words(entry.command);
  const flags = given.filter(
    (word, index) =>
      !['-c', '-o'].includes(word) && given[index - 1] !== '-o' && word !== entry.file,
  );
  const text = readText(root, file);
  return { file, text, directory: entry.directory, flags, config: configOf(root, file) };
}

// Sources by the flags they are compiled with, apart where they may define the same name; those with
// a .clang-tidy of their folder alone, because it is looked up by the name of the input. Largest first.
export function groupsOf(sources) {
  const groups = [];
  for (const source of sources) {
    const { directory, flags, config, file } = source;
    const key = JSON.stringify([directory, flags, config === '.' ? '' : file]);
    const names = namesIn(source.text);
    let group = groups.find(
      (one) =>
        one.key === key &&
        one.sources.length < TOGETHER &&
        names.every((name) => !one.names.has(name)),
    );
    if (!group) {
      group = { key, sources: [], names: new Set() };
      groups.push(group);
    }
    group.sources.push(source);
    for (const name of names) group.names.add(name);
  }
  return groups.map((group) => group.sources).sort((a, b) => b.length - a.length);
}

// What a text may define in its namespace, with that namespace: names at the left margin, where
// clang-format leaves what is in a namespace.
function namesIn(text) {
  const [, namespace = ''] = /^namespace ([\w:]+)/m.exec(text) ?? [];
  const defined = /^(?!namespace|using|return|#)\w[\w :<>,&*]*?[ &*](\w+) ?[({=[;]/gm;
  return [...text.matchAll(defined)].map(([, name]) => `${namespace}::${name}`);
}

// A function that runs clang-tidy on sources, the only one or all in one file of `folder`.
function tidyIn(root, folder) {
  let count = 0;
  return async (group, options) => {
    const { directory, flags } = group[0];
    const place = path.join(folder, `${count++}`);
    const paths = group.map(({ file }) => path.join(root, file));
    const input = paths.length === 1 ? paths[0] : path.join(place, 'all.cc');
    const include = (file) => `#include "${file}"  // NOLINT(bugprone-suspicious-include)\n`;
    mkdirSync(place);
    writeFileSync(path.join(place, 'all.cc'), paths.map(include).join(''));
    writeFileSync(
      path.join(place, 'compile_commands.json'),
      JSON.stringify([{ directory, file: input, arguments: [...flags, '-c', input] }]),
    );
    const config = paths.length === 1 ? [] : [`--config-file=${path.join(root, '.clang-tidy')}`];
    const common = [
      ...['-p', place, '--quiet', ...config],
      `--header-filter=^${root.replace(/[^\w/]/g, '\\$&')}/`,
      // The flags are those of the build's compiler, which knows warnings that clang does not.
      ...['--extra-arg=-Wno-unknown-warning-option', '--extra-arg=-ferror-limit=0'],
    ];
    const { status, output } = await run('clang-tidy', [...common, ...options, input], root);
    return {
      status,
      output: output.replace(/^\d+ warnings?( and \d+ errors?)? generated\.\n/gm, ''),
    };
  };
}

// Sources that do not compile together are taken apart; those that an error names come last.
async function tidyTogether(tidy, group, options) {
  const result = await tidy(group, options);
  if (group.length === 1 || !result.output.includes('[clang-diagnostic-error')) return [result];
  const named = group.filter(({ file }) => result.output.includes(`/${file}:`));
  const some = named.length > 0 && named.length < group.length;
  const last = some ? named : group.slice(group.length / 2);
  const first = group.filter((source) => !last.includes(source));
  return [
    ...(await tidyTogether(tidy, first, options)),
    ...(await tidyTogether(tidy, last, options)),
  ];
}

// Runs all of `work`, as many at a time as there are processors.
async function inParallel(work) {
  const results = [];
  const queue = [...work.entries()];
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) results[next[0]] = await next[1]();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return results;
}
