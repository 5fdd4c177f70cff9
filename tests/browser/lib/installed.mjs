import { existsSync } from 'node:fs';

// The first of `paths` that exists, else a sentence that says what to do.
export function requireProgram(name, paths) {
  const found = paths.find((path) => existsSync(path));
  if (!found)
    throw new Error(`${name} is not installed (looked for ${paths.join(', ')}): run tools/setup`);
  return found;
}
