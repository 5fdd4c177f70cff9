// Opens a stored vault from its blobs and a slot secret, written from core/docs/formats/vault.md
// without the project's code: what somebody can do who has them.

import { createDecipheriv, hkdfSync } from 'node:crypto';

const VAULT_ID_BYTES = 16;
const NONCE_BYTES = 24;
const TAG_BYTES = 16;

function rotate(word, bits) {
  return (word << bits) | (word >>> (32 - bits));
}

function quarterRound(x, a, b, c, d) {
  x[a] += x[b];
  x[d] = rotate(x[d] ^ x[a], 16);
  x[c] += x[d];
  x[b] = rotate(x[b] ^ x[c], 12);
  x[a] += x[b];
  x[d] = rotate(x[d] ^ x[a], 8);
  x[c] += x[d];
  x[b] = rotate(x[b] ^ x[c], 7);
}

// draft-irtf-cfrg-xchacha-03 §2.2
function hchacha20(key, nonce16) {
  const input = Buffer.concat([Buffer.from('expand 32-byte k'), key, nonce16]);
  const x = Uint32Array.from({ length: 16 }, (_, i) => input.readUInt32LE(4 * i));
  for (let round = 0; round < 10; round++) {
    for (let i = 0; i < 4; i++) quarterRound(x, i, 4 + i, 8 + i, 12 + i);
    for (let i = 0; i < 4; i++) {
      quarterRound(x, i, 4 + ((i + 1) % 4), 8 + ((i + 2) % 4), 12 + ((i + 3) % 4));
    }
  }
  const subkey = Buffer.alloc(32);
  for (let i = 0; i < 4; i++) {
    subkey.writeUInt32LE(x[i], 4 * i);
    subkey.writeUInt32LE(x[12 + i], 16 + 4 * i);
  }
  return subkey;
}

// The plaintext, or nothing when the tag does not fit.
function openXChaCha(key, nonce, sealed, associatedData) {
  const subkey = hchacha20(key, nonce.subarray(0, 16));
  const short = Buffer.concat([Buffer.alloc(4), nonce.subarray(16)]);
  const cipher = createDecipheriv('chacha20-poly1305', subkey, short, { authTagLength: TAG_BYTES });
  cipher.setAAD(associatedData, { plaintextLength: sealed.length - TAG_BYTES });
  cipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  const plaintext = cipher.update(sealed.subarray(0, sealed.length - TAG_BYTES));
  try {
    return Buffer.concat([plaintext, cipher.final()]);
  } catch {
    return undefined;
  }
}

const hkdf = (key, salt, info) => Buffer.from(hkdfSync('sha256', key, salt, info, 32));

const u8 = (value) => Buffer.from([value]);
const u32 = (value) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const u64 = (value) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
};
const opaque8 = (bytes) => Buffer.concat([u8(bytes.length), bytes]);

class Parts {
  #at = 0;
  constructor(bytes) {
    this.bytes = bytes;
  }
  take(length) {
    const part = this.bytes.subarray(this.#at, this.#at + length);
    if (part.length !== length) throw new Error('a structure is cut off');
    this.#at += length;
    return part;
  }
  uint(length) {
    return length === 8
      ? Number(this.take(8).readBigUInt64BE())
      : this.take(length).readUIntBE(0, length);
  }
  get left() {
    return this.bytes.length - this.#at;
  }
}

// §5
function readSlots(blob) {
  const parts = new Parts(blob);
  parts.take(1);
  const vaultId = parts.take(VAULT_ID_BYTES);
  const list = new Parts(parts.take(parts.uint(2)));
  const slots = [];
  while (list.left > 0) {
    slots.push({
      type: list.uint(1),
      epoch: list.uint(4),
      parameters: list.take(list.uint(1)),
      nonce: list.take(NONCE_BYTES),
      wrapped: list.take(32 + TAG_BYTES),
    });
  }
  return { vaultId, slots };
}

function unwrap(vaultId, { type, epoch, parameters, nonce, wrapped }, secret) {
  const label = Buffer.from('baya vault 1 slot');
  const associatedData = Buffer.concat([
    opaque8(label),
    u8(1),
    vaultId,
    u8(type),
    u32(epoch),
    opaque8(parameters),
  ]);
  const root = openXChaCha(hkdf(secret, vaultId, label), nonce, wrapped, associatedData);
  return root && { root, epoch };
}

// §4: the content without length and padding, or nothing.
function openSealed(blob, key, { label, vaultId, subject, keyId }) {
  const associatedData = Buffer.concat([
    opaque8(Buffer.from(label)),
    blob.subarray(0, 5), // version, length
    vaultId,
    u64(subject),
    u32(keyId),
  ]);
  const nonce = blob.subarray(5, 5 + NONCE_BYTES);
  const plaintext = openXChaCha(key, nonce, blob.subarray(5 + NONCE_BYTES), associatedData);
  return plaintext?.subarray(4, 4 + plaintext.readUInt32BE(0));
}

// §6
function readKeyTable(content) {
  const parts = new Parts(content);
  parts.take(12); // generation, next_key_id
  return Array.from({ length: parts.uint(2) }, () => {
    const id = parts.uint(4);
    const purpose = parts.take(parts.uint(1)).toString();
    parts.take(4); // week
    return { id, purpose, key: parts.take(32) };
  });
}

/** Tries one secret after the other on the same slots: what `open` begins with. */
export function slotOpener(blobs) {
  const found = blobs.filter(({ name }) => /^slots[01]$/.test(name));
  const different = new Map(found.map(({ bytes }) => [bytes.toString('hex'), bytes]));
  const copies = [...different.values()].map(readSlots);
  return (secret) => {
    for (const { vaultId, slots } of copies) {
      for (const slot of slots) {
        const opened = unwrap(vaultId, slot, secret);
        if (opened) return { vaultId, ...opened };
      }
    }
    return undefined;
  };
}

/**
 * What the chunks hold that open with these entries of a key table: [{purpose, content}]. `vaultId` and
 * `table` as openStoredVault gives them.
 */
export function openChunks(blobs, { vaultId, table }) {
  const chunks = blobs.filter(({ name }) => /^c[0-9a-f]{16}$/.test(name));
  return chunks.flatMap(({ name, bytes }) => {
    const subject = BigInt(`0x${name.slice(1)}`);
    for (const { id, purpose, key } of table) {
      const chunk = { label: 'baya vault 1 chunk', vaultId, subject, keyId: id };
      const content = openSealed(bytes, key, chunk);
      if (content) return { purpose, content };
    }
    return [];
  });
}

/**
 * blobs: [{name, bytes}], as stored. Returns nothing when the secret opens no slot, else
 * {vaultId, root, table, keys, contents}: the root key, the key table as [{id, purpose, key}], its
 * keys alone, and what the chunks that open hold.
 */
export function openStoredVault(blobs, secret) {
  const opened = slotOpener(blobs)(secret);
  if (!opened) return undefined;
  const { vaultId, root, epoch } = opened;
  const under = { label: 'baya vault 1 keys', vaultId, subject: epoch, keyId: 0 };
  const tables = blobs
    .filter(({ name }) => /^keys[01]$/.test(name))
    .flatMap(
      ({ bytes }) => openSealed(bytes, hkdf(root, vaultId, 'baya vault 1 keys'), under) ?? [],
    );
  const table = tables.flatMap(readKeyTable);
  const contents = openChunks(blobs, { vaultId, table }).map(({ content }) => content);
  return { vaultId, root, table, keys: table.map(({ key }) => key), contents };
}

/** The slot secret of a device from its two halves, as js-bindings/src/device_slot.ts says. */
export function deviceSecret(keyOutput, share) {
  return hkdf(Buffer.concat([keyOutput, share]), Buffer.alloc(0), 'baya device slot 1');
}
