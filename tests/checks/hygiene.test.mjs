import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { ROOT, withTempFolder } from '../lib/tree.mjs';
import { checkHygiene, fencedCommands } from './hygiene.mjs';

test('no file breaks a rule', () => {
  assert.deepEqual(checkHygiene(ROOT), []);
});

async function problemsOf(name, text) {
  return await withTempFolder((folder) => {
    execFileSync('git', ['init', '--quiet'], { cwd: folder });
    mkdirSync(path.join(folder, 'tools/inspect'), { recursive: true });
    writeFileSync(path.join(folder, 'tools/baya'), '');
    writeFileSync(path.join(folder, 'tools/plain'), '');
    writeFileSync(path.join(folder, 'tools/inspect/about.txt'), 'Explains\n');
    chmodSync(path.join(folder, 'tools/baya'), 0o755);
    writeFileSync(path.join(folder, name), text);
    return checkHygiene(folder);
  });
}

const fence = (command) => `# Use\n\n\`\`\`bash\n${command}\n\`\`\`\n`;
const slash = '/';

const plants = [
  ['a path below a work folder', 'a.md', `see ${slash}work/x\n`, /path of one machine/],
  ['a path below root', 'a.json', `{"a": "${slash}root/x"}\n`, /path of one machine/],
  ['a home folder', 'a.md', `cd ${slash}home/someone\n`, /path of one machine/],
  ['a registry', 'a.txt', `https:${slash}/registry.npm${'js.org/x'}\n`, /package registry/],
  ['a mirror', 'a.txt', `http:${slash}/deb.deb${'ian.org/debian'}\n`, /package mirror/],
  ['an address', 'package-lock.json', `"resolved": "http${'s://x/y.tgz'}"\n`, /download address/],
  ['a file that is too long', 'a.txt', 'a\n'.repeat(601), /601 lines/],
  ['a dash in code', 'a.cc', '// a \u2013 b\n', /U\+2013 in code/],
  ['a homoglyph in a script', 'run', '#!/usr/bin/env bash\nec\u04bbo\n', /U\+04BB in code/],
  ['a hidden space', 'a.md', 'a\u200bb\n', /invisible/],
  ['a reordering', 'a.md', 'a\u202eb\n', /invisible/],
  ['an unknown script', 'README.md', fence('tests/walk --full'), /tests\/walk is not a command/],
  ['a plain file as a command', 'README.md', fence('tools/plain'), /not a command/],
  ['an unknown baya command', 'README.md', fence('A=b tools/baya fly x'), /no command fly/],
];

for (const [what, name, text, expected] of plants) {
  test(`planted: ${what} is found`, async () => {
    const problems = await problemsOf(name, text);
    assert.equal(problems.length, 1, problems.join('\n'));
    assert.match(problems[0], expected);
  });
}

test('planted: what is allowed is not a problem', async () => {
  assert.deepEqual(await problemsOf('a.md', 'Laplace \u2265 0, \u03b5 = 1\n'), []);
  assert.deepEqual(await problemsOf('a.txt', 'a\n'.repeat(600)), []);
  const generated = `// Generated from a by b; edit that instead.\n${'a\n'.repeat(700)}`;
  assert.deepEqual(await problemsOf('a.cc', generated), []);
  assert.deepEqual(await problemsOf('README.md', fence('tools/baya inspect x\ncmake .')), []);
});

test('only shell fences hold commands', () => {
  const text = '```cpp\ntools/x\n```\n```\n$ tests/run\n```\ntools/y\n';
  assert.deepEqual(fencedCommands(text), [{ line: 5, command: 'tests/run' }]);
});
