import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { copyFiles, projectFiles, ROOT, withTempFolder } from '../lib/tree.mjs';
import { checkRoomOrder, parseLinks } from './room_order.mjs';

test('every include and every link goes to a room below', () => {
  assert.deepEqual(checkRoomOrder(ROOT), []);
});

// The problems of the real tree plus a room `planted` with number 2 and one more change.
async function problemsWith(file, text) {
  return await withTempFolder((folder) => {
    const kept = projectFiles().filter((one) =>
      /^(core|wasm|tools)\/.*(\.cc|\.h|\.txt)$/.test(one),
    );
    copyFiles(ROOT, kept, folder);
    const add = (name, content) => {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      appendFileSync(path.join(folder, name), content);
    };
    add('core/rooms.txt', '2 planted\n');
    add('core/planted/CMakeLists.txt', 'baya_room(\n  planted\n  SOURCES a.cc\n  DEPENDS base)\n');
    execFileSync('git', ['init', '--quiet'], { cwd: folder });
    add(file, text);
    return checkRoomOrder(folder);
  });
}

const plants = [
  ['an include upward', 'core/base/a.cc', '#include "engine/engine.h"\n', /not below it/],
  ['an include sideways', 'core/planted/a.cc', '#include "vdaf/prio3.h"\n', /not below it/],
  ['an upward include in a test', 'core/base/x_test.cc', '#include "vdaf/a.h"\n', /not below it/],
  [
    'an include of a room that is not linked',
    'core/planted/a.cc',
    '#include "codec/json.h"\n',
    /does not depend on codec/,
  ],
  ['an include by file name', 'core/base/a.cc', '#include "status.h"\n', /not ROOM\/FILE/],
  ['a link upward', 'core/planted/CMakeLists.txt', 'baya_room(p DEPENDS engine)\n', /links engine/],
  [
    'a link upward by target name',
    'core/planted/CMakeLists.txt',
    'target_link_libraries(p PRIVATE baya::vdaf)\n',
    /links vdaf/,
  ],
  ['a room without a number', 'core/attic/CMakeLists.txt', 'baya_room(attic)\n', /not in core/],
  ['libsodium outside crypto', 'core/base/a.cc', '#include <sodium.h>\n', /libsodium/],
  ['libsodium in quotes', 'core/base/a.cc', '#include "sodium/utils.h"\n', /libsodium/],
  ['JSON outside codec', 'tools/x/main.cc', '#include <nlohmann/json.hpp>\n', /nlohmann/],
  ['Eigen outside recommend', 'core/planted/a.cc', '#include <Eigen/Core>\n', /Eigen/],
  ['a library in a public header', 'core/crypto/a.h', '#include <sodium.h>\n', /public header/],
  ['an unknown library', 'core/base/a.cc', '#include <lmdb.h>\n', /does not know/],
  ['GoogleTest outside a test', 'core/base/a.cc', '#include <gtest/gtest.h>\n', /not know/],
  ['wasm/ reaching below', 'wasm/a.cc', '#include "vdaf/prio3.h"\n', /wasm\/ may include only/],
];

for (const [what, file, text, expected] of plants) {
  test(`planted: ${what} is found`, async () => {
    const problems = await problemsWith(file, text);
    assert.equal(problems.length, 1, problems.join('\n'));
    assert.match(problems[0], expected);
    assert.ok(problems[0].startsWith(file));
  });
}

test('planted: what the order allows is not a problem', async () => {
  assert.deepEqual(
    await problemsWith('core/planted/a.cc', '#include "base/status.h"\n#include <vector>\n'),
    [],
  );
  assert.deepEqual(await problemsWith('wasm/a.cc', '#include "engine/engine.h"\n'), []);
});

test('links are read from the DEPENDS list and from target names', () => {
  const text =
    'baya_room(\n  vdaf # DEPENDS engine\n  SOURCES a.cc\n  DEPENDS base crypto\n  ' +
    'LIBRARIES baya::sodium)';
  assert.deepEqual(parseLinks(text), { depends: ['base', 'crypto'], others: ['sodium'] });
});
