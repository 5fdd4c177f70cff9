// The formatters and linters, each as a function of a tree and the files to look at. They return
// {status, output}; status 0 means clean.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

import { readText } from '../lib/tree.mjs';

export function run(command, args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, NO_COLOR: '1' } });
    let output = '';
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (output += data));
    child.on('error', reject);
    child.on('close', (status, signal) => resolve({ status: status ?? signal, output }));
  });
}

export const isCpp = (file) => /\.(cc|h|c)$/.test(file);

export function clangFormat(root, files) {
  return run('clang-format', ['--dry-run', '-Werror', ...files], root);
}

export const isForBiome = (file) =>
  /\.([cm]?js|ts|json|css)$/.test(file) && !file.endsWith('package-lock.json');

export function biome(root, files, installed) {
  return run(path.join(installed, 'node_modules/.bin/biome'), ['ci', ...files], root);
}

export function isBashScript(root, file) {
  if (file.endsWith('.sh')) return true;
  return (
    !path.basename(file).includes('.') && readText(root, file).startsWith('#!/usr/bin/env bash')
  );
}

export function shellcheck(root, files) {
  return run('shellcheck', ['--external-sources', '--source-path=SCRIPTDIR', ...files], root);
}

// Checks the types of the TypeScript project in `folder`; writes nothing.
export function tsc(root, folder, installed) {
  const config = path.join(root, folder, 'tsconfig.json');
  if (!existsSync(config)) throw new Error(`${config} is missing`);
  return run(path.join(installed, 'node_modules/.bin/tsc'), ['--noEmit', '-p', config], root);
}
