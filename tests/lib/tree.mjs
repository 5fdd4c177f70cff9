// The project's own files, for checks that look at source text.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

// Paths relative to `root` of every file under version control and every new file that is not
// ignored, sorted. Links are left out.
export function projectFiles(root = ROOT) {
  const git = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const listed = execFileSync('git', git, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 });
  return [...new Set(listed.split('\0'))]
    .filter((file) => file && file !== 'node_modules' && existsSync(path.join(root, file)))
    .sort();
}

export const readText = (root, file) => readFileSync(path.join(root, file), 'utf8');

// Copies `files` of `root` into the existing folder `to`.
export function copyFiles(root, files, to) {
  for (const file of files) {
    mkdirSync(path.dirname(path.join(to, file)), { recursive: true });
    cpSync(path.join(root, file), path.join(to, file));
  }
}

// Calls use(folder) with an empty temporary folder that is gone afterwards.
export async function withTempFolder(use, name = 'baya-') {
  const folder = mkdtempSync(path.join(tmpdir(), name));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
