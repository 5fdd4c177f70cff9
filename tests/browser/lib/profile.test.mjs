import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';

import { searchProfile } from './profile.mjs';

const TEXT = 'gr\u00fcn M\u00fcller-77 \u20ac';
const SECRET = Buffer.from('00ff10e2a99c4417bb0d', 'hex');

const written = {
  'utf8.bin': Buffer.from(`xx${TEXT}yy`),
  'sub/utf16le.bin': Buffer.from(`xx${TEXT}yy`, 'utf16le'),
  'utf16be.bin': Buffer.from(`xx${TEXT}yy`, 'utf16le').swap16(),
  'percent.txt': `?q=${encodeURIComponent(TEXT)}`,
  'json.txt': '{"a":"gr\\u00fcn M\\u00fcller-77 \\u20ac"}',
  'base64-0.txt': Buffer.from(TEXT).toString('base64'),
  'base64-1.txt': Buffer.from(`a${TEXT}bc`).toString('base64'),
  'base64-2.txt': Buffer.from(`ab${TEXT}c`).toString('base64url'),
  'hex.txt': Buffer.from(TEXT).toString('hex'),
  'secret.bin': Buffer.concat([Buffer.alloc(70_000), SECRET, Buffer.alloc(5)]),
  'secret.hex': SECRET.toString('hex').toUpperCase(),
  'innocent.txt': 'gr\u00fcn M\u00fcller-78 \u20ac'.repeat(100),
};

test('every form of a needle is found, in contents and names, and nothing else', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'baya-search-'));
  try {
    await mkdir(join(directory, 'sub', TEXT), { recursive: true });
    for (const [name, content] of Object.entries(written)) {
      await writeFile(join(directory, name), content);
    }
    const hits = await searchProfile(directory, [TEXT, SECRET]);
    const files = (needle) =>
      [...new Set(hits.filter((hit) => hit.needle === needle).map((hit) => hit.file))].sort();
    const textFiles = Object.keys(written).filter((name) => !/secret|innocent/.test(name));
    assert.deepEqual(files(0), [...textFiles, `sub/${TEXT}`].sort());
    assert.deepEqual(files(1), ['secret.bin', 'secret.hex']);
    assert.ok(hits.some((hit) => hit.file === 'secret.bin' && hit.offset === 70_000));
    assert.ok(hits.some((hit) => hit.file === `sub/${TEXT}` && hit.offset === -1));
    await assert.rejects(searchProfile(directory, ['short']), /too short/);
  } finally {
    await rm(directory, { recursive: true });
  }
});
