// Warnings are errors, in every file of ours and with both compilers.
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { run } from './lint.mjs';

export const REQUIRED_FLAGS = [
  '-Wall',
  '-Wextra',
  '-Wshadow',
  '-Wconversion',
  '-Wimplicit-fallthrough',
  '-Werror',
  '-ffp-contract=off',
];

export function readCommands(buildFolder) {
  return JSON.parse(readFileSync(path.join(buildFolder, 'compile_commands.json'), 'utf8'));
}

// The words of a compile command, quotes resolved.
export function words(command) {
  return [...command.matchAll(/(?:[^\s"\\]|\\.|"(?:[^"\\]|\\.)*")+/g)].map(([word]) =>
    word.replace(/"((?:[^"\\]|\\.)*)"/g, '$1').replace(/\\(.)/g, '$1'),
  );
}

// One sentence per file of ours (below core/, wasm/ or tools/ of `root`, or a .cxx that CMake made of
// several) that is compiled without one of the required flags, or that switches a warning off for
// the whole file.
export function checkFlags(root, commands) {
  return commands.flatMap(({ file, command }) => {
    const name = path.relative(root, file);
    if (!/^(build\/\w+\/)?(core|wasm|tools)\/.*\.(cc|cxx)$/.test(name)) return [];
    const given = words(command);
    const missing = REQUIRED_FLAGS.filter((flag) => !given.includes(flag));
    // One false warning of sanitized builds (tools/cmake/options.cmake).
    const sanitized = given.some((flag) => flag.startsWith('-fsanitize='));
    const allowed = sanitized ? ['-Wno-maybe-uninitialized'] : [];
    const silenced = given.filter((flag) => /^-w$|^-Wno-/.test(flag) && !allowed.includes(flag));
    return [
      ...missing.map((flag) => `${name} is compiled without ${flag}`),
      ...silenced.map((flag) => `${name} is compiled with ${flag}`),
    ];
  });
}

// Compiles `source` to `object` with the compiler and flags that `entry` uses for its own file.
export function compileLike(entry, source, object) {
  const [compiler, ...rest] = words(entry.command);
  const flags = rest.filter(
    (word, index) =>
      !['-c', '-o'].includes(word) && rest[index - 1] !== '-o' && word !== entry.file,
  );
  return run(compiler, [...flags, '-c', source, '-o', object], entry.directory);
}
