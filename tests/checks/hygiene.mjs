// Small rules about every file of the project.
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';

import { projectFiles, readText } from '../lib/tree.mjs';

const LINE_LIMIT = 600;
const UNLIMITED = /(^|\/)package-lock\.json$|^wasm\/ops\.json$/;
const GENERATED = /^(\/\/|<!--) Generated from .*; edit that instead\.( -->)?$/m;

// Traces of one person's machine. (The patterns do not match their own source text.)
const FORBIDDEN = [
  { pattern: /(^|[\s"'`(=:])\/(work|root)\//, what: 'a path of one machine' },
  { pattern: /(^|[\s"'`(=:])\/(home|Users)\/[a-z]/, what: 'a path of one machine' },
  { pattern: /\bregistry\.(npmjs|yarnpkg)\./, what: 'the host of a package registry' },
  { pattern: /\b(deb|security|snapshot|archive)\.(debian|ubuntu)\./, what: 'a package mirror' },
  { pattern: /"resolved": "https?:/, what: 'a download address' },
];

// Shows as nothing, or reorders what is shown.
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;
// The section sign is for citations.
const BEYOND_ASCII = /[^\t\n\x20-\x7e\u00a7]/;
const IS_CODE = /\.(cc|c|h|ts|mjs|cjs|js|cmake|sh)$|(^|\/)(CMakeLists\.txt|CMakePresets\.json)$/;

const BINARY = /\.(png|jpg|webp|ico|woff2|wasm|gz|bin)$/;

function isCode(file, text) {
  return IS_CODE.test(file) || text.startsWith('#!');
}

function checkLines(file, text) {
  const problems = [];
  text.split('\n').forEach((line, index) => {
    const report = (problem) => problems.push(`${file}:${index + 1}: ${problem}`);
    for (const { pattern, what } of FORBIDDEN) {
      if (pattern.test(line)) report(`mentions ${what}`);
    }
    if (INVISIBLE.test(line)) report('an invisible character');
    else if (isCode(file, text) && BEYOND_ASCII.test(line)) {
      const [character] = BEYOND_ASCII.exec(line);
      const code = character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0');
      report(`U+${code} in code: write an escape`);
    }
  });
  return problems;
}

// The shell commands in the fences of a Markdown text, as {line, command}.
export function fencedCommands(text) {
  const commands = [];
  let shell = false;
  let inside = false;
  text.split('\n').forEach((content, index) => {
    const fence = /^\s*```\s*(\w*)/.exec(content);
    if (fence) {
      inside = !inside;
      shell = inside && /^(bash|sh|shell|console)?$/.test(fence[1]);
    } else if (shell) {
      commands.push({ line: index + 1, command: content.trim().replace(/^\$ /, '') });
    }
  });
  return commands;
}

function isExecutable(file) {
  return existsSync(file) && statSync(file).isFile() && (statSync(file).mode & 0o111) !== 0;
}

function checkFences(root, file, text) {
  return fencedCommands(text).flatMap(({ line, command }) => {
    const given = command.split(/\s+/).filter((word) => !/^[A-Z_]+=/.test(word));
    const program = /^(?:\.\/)?((?:tools|tests|\.ci)\/[\w./-]+)$/.exec(given[0] ?? '')?.[1];
    if (!program) return [];
    if (!isExecutable(path.join(root, program))) {
      return [`${file}:${line}: ${program} is not a command of this project`];
    }
    const name = program === 'tools/baya' ? given[1] : undefined;
    if (!name || name.startsWith('-') || existsSync(path.join(root, 'tools', name, 'about.txt'))) {
      return [];
    }
    return [`${file}:${line}: tools/baya has no command ${name}`];
  });
}

// The violations below `root`, one sentence each.
export function checkHygiene(root) {
  return projectFiles(root)
    .filter((file) => !BINARY.test(file))
    .flatMap((file) => {
      const text = readText(root, file);
      const problems = checkLines(file, text);
      const lines = text.split('\n').length - 1;
      if (lines > LINE_LIMIT && !UNLIMITED.test(file) && !GENERATED.test(text)) {
        problems.push(`${file}: ${lines} lines, more than ${LINE_LIMIT}`);
      }
      return file.endsWith('.md') ? [...problems, ...checkFences(root, file, text)] : problems;
    });
}
