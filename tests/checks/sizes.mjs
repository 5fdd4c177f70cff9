// What a page has to load, held to tests/size/budgets.json.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

import { run } from './lint.mjs';
import { attribute, ownersOf, parseSymbols, readModule } from './wasm_size.mjs';

const ENCODINGS = ['raw', 'gzip', 'brotli'];

export function measure(bytes) {
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  return {
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }).length,
    brotli: brotliCompressSync(bytes, quality).length,
  };
}

function compare(name, size, budget) {
  if (!budget.reason) return [`${name}: its budget has no reason`];
  return ENCODINGS.filter((encoding) => size[encoding] > (budget[encoding] ?? Infinity)).map(
    (encoding) => `${name}: ${size[encoding]} bytes ${encoding}, the budget is ${budget[encoding]}`,
  );
}

// `budgets`: {files: {path: {raw?, gzip?, brotli?, reason}}, total: the same for their sum}.
// Returns {sizes: Map from path to measure, problems}.
export function checkBudgets(root, budgets) {
  const sizes = new Map();
  const problems = [];
  const total = { raw: 0, gzip: 0, brotli: 0 };
  for (const [file, budget] of Object.entries(budgets.files)) {
    if (!existsSync(path.join(root, file))) {
      problems.push(`${file}: has a budget and does not exist`);
      continue;
    }
    const size = measure(readFileSync(path.join(root, file)));
    sizes.set(file, size);
    for (const encoding of ENCODINGS) total[encoding] += size[encoding];
    problems.push(...compare(file, size, budget));
  }
  sizes.set('total', total);
  problems.push(...compare('total', total, budgets.total));
  return { sizes, problems };
}

export function table(sizes) {
  const row = (name, cells) => name.padEnd(32) + cells.map((c) => `${c}`.padStart(10)).join('');
  const rows = [...sizes].map(([name, size]) =>
    row(
      name,
      ENCODINGS.map((one) => size[one]),
    ),
  );
  return [row('file', ENCODINGS), ...rows];
}

// The owner of a library on the link line: a room, or the library's own name.
function ownerOfLibrary(file) {
  return path
    .basename(file, '.a')
    .replace(/^lib/, '')
    .replace(/^baya_/, '');
}

// Links `output` (a path of the build folder) again, into `twin`, with function names kept.
export async function linkWithNames(buildFolder, output, twin) {
  const ninja = ['-C', buildFolder, '-t', 'commands', output];
  const link = execFileSync('ninja', ninja, { encoding: 'utf8' }).trim().split('\n').at(-1);
  if (!link.includes(`-o ${output}`)) throw new Error(`no link command for ${output}`);
  const command = link.replace(`-o ${output}`, `--profiling-funcs -o ${twin}`);
  const { status, output: text } = await run('sh', ['-c', command], buildFolder);
  if (status !== 0) throw new Error(text);
  return [...link.matchAll(/\S+\.a(?=\s|$)/g)].map(([file]) => path.resolve(buildFolder, file));
}

// Bytes of `twin` by room: [[owner, bytes]]; `libraries` are those of its link line.
export function sizesByRoom(twin, libraries) {
  const nm = (file) => {
    const options = { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] };
    return parseSymbols(execFileSync('emnm', ['-C', file], options));
  };
  const owners = ownersOf(
    libraries.map((file) => ({ owner: ownerOfLibrary(file), symbols: nm(file) })),
  );
  return attribute(readModule(readFileSync(twin)), owners);
}
