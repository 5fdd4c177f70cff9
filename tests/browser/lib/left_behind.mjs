// What an attacker can make of a profile directory that a browser has left.
import { cp, lstat, readFile } from 'node:fs/promises';

import { deviceSecret, slotOpener } from '../../lib/stored_vault.mjs';
import { searchProfile, siteFiles } from './profile.mjs';
import { newProfile } from './tagged_shop.mjs';

const SHARE_BYTES = 32;

async function isFileOrDirectory(path) {
  const found = await lstat(path);
  return found.isFile() || found.isDirectory();
}

/** A copy of a profile directory, for as long as the test takes. */
export async function copyOf(profileDir, t) {
  const copy = await newProfile(t);
  await cp(profileDir, copy, { recursive: true, filter: isFileOrDirectory });
  return copy;
}

// 32 random bytes have fewer than 16 different values less often than once in 10^12; zeros and text do.
function looksRandom(bytes) {
  return new Set(bytes).size >= 16;
}

/**
 * Takes every 32 bytes that the site's storage has left, at every offset of every file, for the
 * share. Returns how many there were and the one that opens.
 */
export async function tryAllAsShare(profileDir, keyOutput, blobs) {
  const open = slotOpener(blobs);
  let tried = 0;
  for (const { path } of await siteFiles(profileDir)) {
    const bytes = await readFile(path);
    for (let at = 0; at + SHARE_BYTES <= bytes.length; at++) {
      const share = bytes.subarray(at, at + SHARE_BYTES);
      if (!looksRandom(share)) continue;
      tried++;
      if (open(deviceSecret(keyOutput, share))) return { tried, share };
    }
  }
  return { tried, share: undefined };
}

/** For each needle whether some file has it. */
export async function whichAreFound(profileDir, needles) {
  const hits = await searchProfile(profileDir, needles);
  return needles.map((_, needle) => hits.some((hit) => hit.needle === needle));
}
