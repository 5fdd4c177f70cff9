// The servers and the collector consist of five rooms and a few libraries: nothing that knows a
// person is linked into them, or read while they are compiled.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';

import { programCommand } from '../lib/programs.mjs';

const ROOMS = ['base', 'codec', 'crypto', 'dap', 'vdaf'];
// cpp-httplib brings TLS and compression, lib/input_file zlib.
const LIBRARIES =
  /^(libc|libm|libgcc_s|libstdc\+\+|libpthread|ld-linux[-\w]*|libsqlite3|libcpp-httplib|libssl|libcrypto|libz|libbrotli\w+|linux-vdso)\.so/;

const build = path.resolve(programCommand('native', '.')[0]);

const ninja = (...args) =>
  execFileSync('ninja', ['-C', build, '-t', ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });

const roomsIn = (text) =>
  [...new Set([...text.matchAll(/\bcore\/([a-z]+)\//g)].map((match) => match[1]))].sort();

const inputsOf = (program) => ninja('inputs', program);

// Rooms whose headers are read when the program's own sources are compiled.
function headersOf(program) {
  const objects = inputsOf(program)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.endsWith('.o') && !line.startsWith('core/'));
  assert.ok(objects.length > 3);
  return objects.map((object) => ninja('deps', object)).join('\n');
}

const librariesOf = (program) =>
  execFileSync('ldd', [path.join(build, program)], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => path.basename(line.trim().split(/\s/)[0]));

for (const program of ['tools/aggregator/baya-aggregator', 'tools/collect/baya-collect']) {
  test(`${path.basename(program)} links and reads five rooms`, () => {
    assert.deepEqual(roomsIn(inputsOf(program)), ROOMS);
    for (const room of roomsIn(headersOf(program))) assert.ok(ROOMS.includes(room), room);
  });

  test(`${path.basename(program)} loads only libraries that are expected`, () => {
    for (const library of librariesOf(program)) assert.match(library, LIBRARIES);
  });
}

test('the check finds what is there', () => {
  const program = 'tools/tasks/baya-tasks';
  assert.ok(roomsIn(inputsOf(program)).includes('measure'));
  assert.ok(roomsIn(headersOf(program)).includes('measure'));
});
