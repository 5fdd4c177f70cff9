// Holds the rooms of core/ to their order (core/rooms.txt): a room includes, and links, only rooms
// of a smaller number; each third-party library has one room; wasm/ sees only the engine.
import path from 'node:path';

import { projectFiles, readText } from '../lib/tree.mjs';

// Where a library's headers may be included besides its room (folders below the root).
const LIBRARIES = [
  { name: 'libsodium', header: /^sodium(\.h$|\/)/, allowed: ['core/crypto'] },
  { name: 'nlohmann/json', header: /^nlohmann\//, allowed: ['core/codec'] },
  {
    name: 'Eigen',
    header: /^(unsupported\/)?Eigen\//,
    allowed: ['core/recommend', 'tools/train'],
  },
  { name: 'cpp-httplib', header: /^httplib\.h$/, allowed: ['tools/http'] },
  { name: 'SQLite', header: /^sqlite3\.h$/, allowed: ['tools/aggregator', 'tests/aggregator'] },
];
const STANDARD_HEADER = /^[a-z_0-9]+$/;
const TEST_HEADER = /^(gtest|gmock)\//;
const SIMD_HEADER = /^(wasm_simd128|immintrin|arm_neon)\.h$/;

// Map from room to number. Throws on a line that is neither a comment nor "NUMBER NAME".
export function parseRooms(text) {
  const rooms = new Map();
  for (const line of text.split('\n').filter((one) => one && !one.startsWith('#'))) {
    const match = /^(\d+) ([a-z]+)$/.exec(line);
    if (!match) throw new Error(`core/rooms.txt: cannot read "${line}"`);
    rooms.set(match[2], Number(match[1]));
  }
  return rooms;
}

// The includes of a C++ file as {line, name, quoted}.
export function parseIncludes(text) {
  return text.split('\n').flatMap((content, index) => {
    const match = /^\s*#\s*include\s*(["<])([^">]+)[">]/.exec(content);
    return match ? [{ line: index + 1, name: match[2], quoted: match[1] === '"' }] : [];
  });
}

// What a room's CMakeLists.txt links: rooms of its library and rooms of its tests or other targets.
export function parseLinks(text) {
  const words = text
    .replace(/#.*$/gm, '')
    .replace(/[a-z_]+\s*\(/g, ' CALL ')
    .split(/[\s()"]+/)
    .filter(Boolean);
  const depends = [];
  const others = [];
  let keyword = '';
  for (const word of words) {
    if (/^[A-Z_]+$/.test(word)) keyword = word;
    else if (word.startsWith('baya::')) others.push(word.slice('baya::'.length));
    else if (keyword === 'DEPENDS') depends.push(word);
  }
  return { depends, others };
}

const isTest = (file) => /_test\.cc$|\/testing\//.test(file);
const isPublicHeader = (file) => /^core\/[a-z]+\/[^/]+\.h$/.test(file);

function reachable(room, links) {
  const seen = new Set();
  const visit = (name) => {
    for (const next of links.get(name)?.depends ?? []) {
      if (!seen.has(next)) {
        seen.add(next);
        visit(next);
      }
    }
  };
  visit(room);
  return seen;
}

function checkLinks(rooms, links) {
  const problems = [];
  for (const [room, { depends, others }] of links) {
    const file = `core/${room}/CMakeLists.txt`;
    if (!rooms.has(room)) {
      problems.push(`${file}: ${room} is not in core/rooms.txt`);
      continue;
    }
    for (const name of depends) {
      if (!rooms.has(name)) problems.push(`${file}: depends on ${name}, which is no room`);
    }
    for (const name of [...depends, ...others].filter((one) => rooms.has(one) && one !== room)) {
      if (rooms.get(name) >= rooms.get(room)) {
        problems.push(
          `${file}: ${room} (${rooms.get(room)}) links ${name} (${rooms.get(name)}), ` +
            'which is not below it',
        );
      }
    }
  }
  return problems;
}

function checkRoomInclude(file, room, name, rooms, links) {
  const target = name.includes('/') ? name.split('/')[0] : '';
  if (!rooms.has(target)) return `includes "${name}", which is not ROOM/FILE`;
  if (target === room) return '';
  if (rooms.get(target) >= rooms.get(room)) {
    return (
      `${room} (${rooms.get(room)}) includes "${name}" of ${target} (${rooms.get(target)}), ` +
      'which is not below it'
    );
  }
  const reach = reachable(room, links);
  if (isTest(file)) {
    for (const other of links.get(room)?.others ?? []) {
      for (const name of [other, ...reachable(other, links)]) reach.add(name);
    }
  }
  return reach.has(target) ? '' : `includes "${name}" but does not depend on ${target}`;
}

function checkLibraryInclude(file, name) {
  const library = LIBRARIES.find(({ header }) => header.test(name));
  if (library && !library.allowed.some((folder) => file.startsWith(`${folder}/`))) {
    return `includes <${name}>: only ${library.allowed.join(' and ')} may include ${library.name}`;
  }
  if (!file.startsWith('core/') || STANDARD_HEADER.test(name)) return '';
  if (isPublicHeader(file)) return `includes <${name}> in a public header`;
  if (library || SIMD_HEADER.test(name) || (isTest(file) && TEST_HEADER.test(name))) return '';
  return `includes <${name}>, which the core does not know`;
}

// What is wrong with one include of `file`, or nothing.
function checkInclude(file, { name, quoted }, rooms, links) {
  if (!quoted || LIBRARIES.some(({ header }) => header.test(name))) {
    return checkLibraryInclude(file, name);
  }
  const [top, room] = file.split('/');
  if (top === 'core') {
    if (!rooms.has(room)) return `is in ${path.dirname(file)}, which is no room`;
    return checkRoomInclude(file, room, name, rooms, links);
  }
  if (
    top === 'wasm' &&
    !file.endsWith('_test.cc') &&
    rooms.has(name.split('/')[0]) &&
    !/^(engine|base)\//.test(name)
  ) {
    return `includes "${name}": wasm/ may include only engine/ and base/`;
  }
  return '';
}

function readLinks(root, files) {
  const links = new Map();
  for (const file of files) {
    const room = /^core\/([^/]+)\/CMakeLists\.txt$/.exec(file)?.[1];
    if (room) links.set(room, parseLinks(readText(root, file)));
  }
  return links;
}

// The violations below `root`, one sentence each.
export function checkRoomOrder(root) {
  const rooms = parseRooms(readText(root, 'core/rooms.txt'));
  const files = projectFiles(root);
  const links = readLinks(root, files);
  const problems = checkLinks(rooms, links);
  for (const file of files.filter((one) => /\.(cc|h)$/.test(one))) {
    for (const include of parseIncludes(readText(root, file))) {
      const problem = checkInclude(file, include, rooms, links);
      if (problem) problems.push(`${file}:${include.line}: ${problem}`);
    }
  }
  return problems;
}
