// Which part of the project the bytes of a wasm module come from.
//
// A module that keeps its function names is split into functions; a function belongs to the
// library of the link line that defines its name. What a compiler inlined counts where it ended up.

const SECTION = { custom: 0, import: 2, code: 10, data: 11 };
const NAME_SUBSECTION_FUNCTIONS = 1;
const IMPORT_KIND = { function: 0, table: 1, memory: 2, global: 3 };

class Reader {
  constructor(bytes, offset = 0) {
    this.bytes = bytes;
    this.offset = offset;
  }

  get done() {
    return this.offset >= this.bytes.length;
  }

  byte() {
    return this.bytes[this.offset++];
  }

  // Unsigned LEB128 of at most 32 bits.
  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if ((byte & 0x80) === 0) return value;
    }
  }

  take(size) {
    if (this.offset + size > this.bytes.length) throw new Error('the module is cut off');
    this.offset += size;
    return this.bytes.subarray(this.offset - size, this.offset);
  }

  text() {
    return new TextDecoder().decode(this.take(this.number()));
  }
}

function skipLimits(reader) {
  const hasMaximum = (reader.byte() & 1) === 1;
  reader.number();
  if (hasMaximum) reader.number();
}

function skipImportType(reader, kind) {
  if (kind === IMPORT_KIND.function) reader.number();
  if (kind === IMPORT_KIND.table) reader.byte();
  if (kind === IMPORT_KIND.table || kind === IMPORT_KIND.memory) skipLimits(reader);
  if (kind === IMPORT_KIND.global) reader.take(2);
}

function countImportedFunctions(bytes) {
  const reader = new Reader(bytes);
  let functions = 0;
  for (let left = reader.number(); left > 0; left--) {
    reader.text();
    reader.text();
    const kind = reader.byte();
    if (kind === IMPORT_KIND.function) functions++;
    skipImportType(reader, kind);
  }
  return functions;
}

function readBodySizes(bytes) {
  const reader = new Reader(bytes);
  const sizes = [];
  for (let left = reader.number(); left > 0; left--) {
    const start = reader.offset;
    reader.take(reader.number());
    sizes.push(reader.offset - start);
  }
  return sizes;
}

function readFunctionNames(bytes) {
  const reader = new Reader(bytes);
  const names = new Map();
  while (!reader.done) {
    const kind = reader.byte();
    const content = new Reader(reader.take(reader.number()));
    if (kind !== NAME_SUBSECTION_FUNCTIONS) continue;
    for (let left = content.number(); left > 0; left--) names.set(content.number(), content.text());
  }
  return names;
}

// The functions of a module as [{name, size}] and the bytes of its data and of all the rest.
export function readModule(bytes) {
  const reader = new Reader(bytes, 8);
  let imported = 0;
  let sizes = [];
  let names = new Map();
  let data = 0;
  let named = 0;
  while (!reader.done) {
    const kind = reader.byte();
    const content = reader.take(reader.number());
    if (kind === SECTION.import) imported = countImportedFunctions(content);
    if (kind === SECTION.code) sizes = readBodySizes(content);
    if (kind === SECTION.data) data = content.length;
    if (kind === SECTION.custom) {
      const custom = new Reader(content);
      if (custom.text() === 'name') {
        named = content.length;
        names = readFunctionNames(content.subarray(custom.offset));
      }
    }
  }
  const functions = sizes.map((size, index) => ({ name: names.get(imported + index) ?? '', size }));
  const code = sizes.reduce((sum, size) => sum + size, 0);
  return { functions, data, rest: bytes.length - code - data - named };
}

// What `nm -C` printed for a library: the names it defines, and whether others may define them too.
export function parseSymbols(text) {
  return text.split('\n').flatMap((line) => {
    const match = /^\S*\s+([tTdDrRbBwWvV])\s(.+)$/.exec(line);
    return match ? [{ name: match[2], weak: /[wWvV]/.test(match[1]) }] : [];
  });
}

// Map from a name to the one library that defines it. `libraries`: [{owner, symbols}].
export function ownersOf(libraries) {
  const strong = new Map();
  const weak = new Map();
  for (const { owner, symbols } of libraries) {
    for (const symbol of symbols) {
      const owners = symbol.weak ? weak : strong;
      const known = owners.get(symbol.name);
      owners.set(symbol.name, known === undefined || known === owner ? owner : 'shared templates');
    }
  }
  return new Map([...weak, ...strong]);
}

// The owner of a function: a library of ours, or what is left: the toolchain's libraries.
export function ownerOf(name, owners) {
  const plain = name.replace(/(\.llvm\.\d+|\.\d+)+$/, '');
  if (plain.includes('nlohmann::')) return 'nlohmann/json';
  const owner = owners.get(plain);
  if (owner && owner !== 'shared templates') return owner;
  const space = /\bbaya::(?:([a-z][a-z0-9_]*)::)?/.exec(plain);
  if (space) return space[1] ?? 'base';
  return owner ?? 'toolchain';
}

// What a page has no use for and pays kilobytes for. Numbers are printed and read by integer
// arithmetic (core/codec/decimal.h); std::sort, std::map and the like of a new type
// are seen as growth of a room, these as what they are.
const UNWANTED = [
  [/nlohmann::/, 'the JSON tree of the tools'],
  [/^(v?s?n?f?i?printf|printf_core|fmt_fp)$/, 'printing by format'],
  [/^(strto(l?d|f|ll?|ull?)(_l)?|__floatscan|__intscan|scanexp)$/, 'reading numbers by locale'],
  [
    /^__(add|sub|mul|div|trunc|extend|fix|float|cmp|eq|ne|lt|le|gt|ge|unord)\w*tf\w*$/,
    'long double',
  ],
  [/^std::.*::(basic_i?o?stream|locale|ctype|num_(get|put))\b/, 'streams and locales'],
  [/^__cxxabiv1::\w*type_info::/, 'run-time type information'],
  [/^std::.*(hash_table|__next_prime)/, 'hash tables'],
  [/^baya::(vdaf::Prio3|crypto::hpke)/, 'making reports, which is for report.wasm'],
];

// The functions of a module, from readModule, that are unwanted: [{name, why}].
export function unwanted(functions) {
  return functions.flatMap(({ name }) => {
    const found = UNWANTED.find(([pattern]) => pattern.test(name.replace(/\.\d+$/, '')));
    return found ? [{ name, why: found[1] }] : [];
  });
}

// Bytes by owner, largest first: [[owner, bytes]]. Data and the rest are owners of their own.
export function attribute(module, owners) {
  const sums = new Map([
    ['(data)', module.data],
    ['(tables, imports, exports)', module.rest],
  ]);
  for (const { name, size } of module.functions) {
    const owner = ownerOf(name, owners);
    sums.set(owner, (sums.get(owner) ?? 0) + size);
  }
  return [...sums].sort((a, b) => b[1] - a[1]);
}
