// What TypeScript repeats of the C++ side is the same there.

import assert from 'node:assert/strict';
import test from 'node:test';
import { EngineModule, engineIntegrity, openEngine, statusCodes } from '../dist/in-process.js';
import { engineWasm, importSource, readProjectFile } from './support/files.mjs';

test('the status codes are those of core/base/status.h', () => {
  const header = readProjectFile('core/base/status.h').toString();
  const codes = [...header.matchAll(/^ {2}k([A-Z]\w+) = (\d+),/gm)].map(([, name, value]) => [
    name[0].toLowerCase() + name.slice(1),
    Number(value),
  ]);
  assert.ok(codes.length >= 13);
  assert.deepEqual(Object.fromEntries(codes), statusCodes);
});

// An enumeration's names by number, in snake case and without their comments.
function enumeration(header, name) {
  const text = readProjectFile(header).toString();
  const [, body] = text.match(new RegExp(`enum class ${name} : uint\\d+_t \\{(.*?)\\};`, 's'));
  const entries = [...body.matchAll(/\bk([A-Z]\w*)(?: = (\d+))?[,\s]*(?:\/\/[^\n]*)?/g)];
  return entries.map(([, word, number], i) => [
    word.replace(/\B[A-Z]/g, '_$&').toLowerCase(),
    Number(number ?? i),
  ]);
}

test('what numbers are called is what core/ calls them', async () => {
  const names = await importSource('profile_names.ts');
  const numbered = (list, first) => list.map((name, i) => [name, i + first]);
  const mirrored = [
    ['CARDS', 0, 'profile/fields.h', 'Card'],
    ['ORIGINS', 0, 'profile/fields.h', 'Origin'],
    ['FORMS', 0, 'profile/fields.h', 'ValueForm'],
    ['FAMILIES', 1, 'profile/fields.h', 'Family'],
    ['KINDS', 1, 'profile/event.h', 'EventKind'],
    ['SOURCES', 1, 'profile/event.h', 'EventSource'],
    ['ACTIONS', 1, 'profile/event.h', 'CorrectionAction'],
    ['PURPOSES', 1, 'consent/purpose.h', 'Purpose'],
    ['CHOICES', 1, 'consent/receipt.h', 'ReceiptChoice'],
    ['RECEIPT_SOURCES', 1, 'consent/signal.h', 'Source'],
    ['OPERATIONS', 1, 'consent/operation.h', 'Operation'],
  ];
  for (const [list, first, header, name] of mirrored) {
    assert.ok(names[list].length > 1);
    assert.deepEqual(numbered(names[list], first), enumeration(`core/${header}`, name), list);
  }
  assert.equal(names.purposeName(0x107), 'partner:7');
  assert.deepEqual(names.purposeNames(0b10000110), ['store', 'personalize', 'partner']);
  assert.throws(() => names.purposeName(7), { name: 'BayaError', code: 'dataLoss' });
});

test('every function the module exports for the host has its wrapper, and no other', async () => {
  const exported = readProjectFile('wasm/exports.txt')
    .toString()
    .split('\n')
    .filter((line) => line.startsWith('baya_'))
    .map((line) => line.replace(' function', ''));
  const { abi } = await EngineModule.load(engineWasm(), engineIntegrity);
  assert.deepEqual(Object.keys(abi).sort(), exported);
  const source = readProjectFile('js-bindings/src/loader.ts').toString();
  const declared = [...source.matchAll(/^ {2}(baya_\w+)\(/gm)].map(([, name]) => name);
  assert.deepEqual(declared.sort(), exported);
});

test('the package and the engine in it have one version', async () => {
  const engine = await openEngine(engineWasm());
  const { version } = JSON.parse(readProjectFile('js-bindings/package.json'));
  assert.equal(engine.call('about', {}).packageVersion, version);
  engine.close();
});
