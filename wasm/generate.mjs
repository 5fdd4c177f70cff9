// Writes what is derived from ops.json: the C++ and TypeScript codecs of the engine's operations
// and their reference page.
//
//   node wasm/generate.mjs            write the files
//   node wasm/generate.mjs --check    exit with 1 and name every file that is stale

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { cppClientHeader, cppClientSource, cppHeader, cppSource } from './generate/cpp.mjs';
import { referencePage } from './generate/reference.mjs';
import { readOperations } from './generate/schema.mjs';
import { typescriptModule, typescriptTable } from './generate/typescript.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** File contents by path from the repository's root. */
export function generate(opsJson) {
  const schema = readOperations(opsJson);
  return {
    'core/engine/ops.h': cppHeader(schema),
    'core/engine/ops.cc': cppSource(schema),
    'core/engine/client_ops.h': cppClientHeader(schema),
    'core/engine/client_ops.cc': cppClientSource(schema),
    'js-bindings/src/generated/ops.ts': typescriptModule(schema),
    'js-bindings/src/generated/by_name.ts': typescriptTable(schema),
    'core/docs/reference/operations.md': referencePage(schema),
  };
}

/** Paths whose content in `folder` differs from `files`. */
export function staleFiles(files, folder) {
  return Object.entries(files)
    .filter(([path, text]) => {
      try {
        return readFileSync(join(folder, path), 'utf8') !== text;
      } catch {
        return true;
      }
    })
    .map(([path]) => path);
}

function main(args) {
  const files = generate(JSON.parse(readFileSync(join(root, 'wasm/ops.json'), 'utf8')));
  if (args.includes('--check')) {
    const stale = staleFiles(files, root);
    for (const path of stale) console.error(`${path} is stale: run node wasm/generate.mjs`);
    process.exitCode = stale.length === 0 ? 0 : 1;
    return;
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main(process.argv.slice(2));
