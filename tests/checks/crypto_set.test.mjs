// What core/crypto puts into a page's module: no Ed25519 base-point table, no random generator,
// no initialisation that picks code by processor.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

const read = (program) =>
  readFileSync(
    new URL(`../../build/wasm/tests/checks/crypto_set/crypto_set_${program}.wasm`, import.meta.url),
  );

// The first limbs of 2B in the table of multiples of the base point B (libsodium's
// crypto_core/ed25519/ref10/fe_25_5/base.h); verification has a table of odd multiples alone.
function holdsBasePointTable(bytes) {
  const limbs = new Int32Array([-12815894, -12976347, -21581243, 11784320]);
  return bytes.includes(Buffer.from(limbs.buffer));
}

const hasFunction = (bytes, name) => bytes.includes(name);

// The same program with signing shows that the search finds what is there.
test('the base-point table comes with signing only', () => {
  assert.ok(holdsBasePointTable(read('publisher')));
  assert.ok(!holdsBasePointTable(read('page')));
  assert.ok(hasFunction(read('publisher'), 'ge25519_scalarmult_base'));
  assert.ok(!hasFunction(read('page'), 'ge25519_scalarmult_base'));
});

test('nothing can draw random bytes or start libsodium', () => {
  for (const bytes of [read('page'), read('publisher')]) {
    assert.ok(hasFunction(bytes, 'crypto_scalarmult_curve25519'));
    for (const name of ['randombytes', 'sodium_init', 'keygen', 'pick_best_implementation']) {
      assert.ok(!hasFunction(bytes, name), `the module has ${name}`);
    }
  }
});

test('the module imports no entropy', () => {
  for (const program of ['page', 'publisher']) {
    const imports = WebAssembly.Module.imports(new WebAssembly.Module(read(program)));
    assert.deepEqual(
      imports
        .map(({ module, name }) => `${module}.${name}`)
        .filter((name) => !/proc_exit$/.test(name)),
      [],
    );
  }
});
