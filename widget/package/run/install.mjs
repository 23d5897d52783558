/**
 * Installs the packages in package-lock.json unless npm has done so already. Uses nothing that needs an installation.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isInstalled, thisMachine } from './installed.mjs';

export const root = fileURLToPath(new URL('../../..', import.meta.url));

const [major, minor] = process.versions.node.split('.').map(Number);

export function ensureInstalled() {
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Node 20.19 or newer is needed; this is ${process.version}.`);
    process.exit(1);
  }
  const installed = listIn(`${root}/node_modules/.package-lock.json`);
  const isThere = path => existsSync(`${root}/${path}/package.json`);
  if (isInstalled(listIn(`${root}/package-lock.json`), installed, thisMachine(), isThere)) return;
  console.log('Installing packages…');
  run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund']);
}

/** Undefined if the file is missing or truncated. */
function listIn(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Runs a command in the project's folder and exits with its status if it fails. */
export function run(command, parameters) {
  const { status, error } = spawnSync(command, parameters, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (error) console.error(error.message);
  if (status !== 0) process.exit(status ?? 1);
}
