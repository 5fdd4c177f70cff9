// Where one launch may write: the profile, and a temporary directory that is empty at the start.
import { cp, lstat, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const LEFT_BEHIND = 'left-in-temporary-directory';

function removeTree(path) {
  return rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

async function isFileOrDirectory(path) {
  const found = await lstat(path);
  return found.isFile() || found.isDirectory();
}

// profileDir: as in launch(). Returns {profile, temporary, processesEnded(), remove()}.
export async function makeDirectories(engine, profileDir) {
  const profile = profileDir
    ? resolve(profileDir)
    : await mkdtemp(join(tmpdir(), `baya-${engine}-`));
  await mkdir(profile, { recursive: true });
  const temporary = await mkdtemp(join(tmpdir(), `baya-${engine}-tmp-`));
  let ended = false;
  return {
    profile,
    temporary,

    // Moves what the browser left in its temporary directory into the profile, so that a search
    // of the profile sees it. Sockets and links are dropped.
    async processesEnded() {
      if (ended) return;
      ended = true;
      if ((await readdir(temporary)).length > 0) {
        await cp(temporary, join(profile, LEFT_BEHIND), {
          recursive: true,
          filter: isFileOrDirectory,
        });
      }
      await removeTree(temporary);
    },

    // Removes the profile, unless the test gave it.
    async remove() {
      if (!profileDir) await removeTree(profile);
    },
  };
}
