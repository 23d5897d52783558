/**
 * Finds or installs the browsers of `npm run browsers`: Debian's Firefox and WebKit, and old versions of Chromium from
 * an npm package. A missing browser is reported in one sentence.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { findMiniBrowser } from './webkit-programs.ts';
import { installPackages } from './browser.ts';

/** The message is one sentence for the person who needs the browser. */
export class Missing extends Error {
  override name = 'Missing';
}

const FIREFOX = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
];

/** The path from FIREFOX_PATH, of one on the machine or, as root on Debian, of a newly installed one. */
export function findFirefox(): string {
  const named = process.env['FIREFOX_PATH'];
  if (named) {
    if (existsSync(named)) return named;
    throw new Missing(`FIREFOX_PATH names ${named}, but there is no such file.`);
  }
  const find = (): string | undefined => FIREFOX.find(path => existsSync(path));
  const found = find() ?? (installPackages(['firefox-esr']) ? find() : undefined);
  if (found) return found;
  throw new Missing(
    'Firefox was not found. Install it (on Debian: sudo apt-get install firefox-esr), or set FIREFOX_PATH.',
  );
}

const WEBKIT = ['webkit2gtk-driver', 'xvfb'];

/** Ensures that a driver, a small browser for it, and a virtual screen are installed. */
export function findWebKit(): void {
  const isThere = (): boolean =>
    findMiniBrowser() !== null && ['WebKitWebDriver', 'Xvfb'].every(name => isOnPath(name));
  if (isThere() || (installPackages(WEBKIT) && isThere())) return;
  throw new Missing(
    `WebKit and its driver were not found. They exist only for Linux; on Debian: sudo apt-get install ${WEBKIT.join(' ')}.`,
  );
}

const isOnPath = (name: string): boolean =>
  (process.env['PATH'] ?? '').split(':').some(folder => existsSync(join(folder, name)));

/** The version of the npm package that contains each version of Chromium, for Linux on x64. */
const OLD_CHROMIUM: Readonly<Record<string, string>> = { 107: '107.0.0', 109: '109.0.6', 116: '116.0.0' };

/** The path of an old Chromium, which is cached in `node_modules/.cache` after the download. */
export function findOldChromium(version: string, root: string): string {
  const packed = OLD_CHROMIUM[version];
  const folder = join(root, 'node_modules/.cache/crm-chat-roles', `chromium-${version}`);
  const path = join(folder, 'chromium');
  if (!packed)
    throw new Missing(
      `No package of Chromium ${version} is known: add it to OLD_CHROMIUM in test/run/engines.ts.`,
    );
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Missing(`Chromium ${version} is available only for Linux on x64.`);
  if (!existsSync(path)) fetchChromium(`@sparticuz/chromium@${packed}`, folder, path);
  const { status, stderr } = spawnSync(path, ['--version', '--no-sandbox'], { encoding: 'utf8' });
  if (status === 0) return path;
  throw new Missing(
    `Chromium ${version} does not start. It needs the libraries of a newer one (on Debian: sudo apt-get install chromium-headless-shell): ${stderr.trim()}`,
  );
}

function fetchChromium(name: string, folder: string, path: string): void {
  process.stdout.write(`Fetching ${name}…\n`);
  mkdirSync(folder, { recursive: true });
  run('npm', ['pack', '--silent', name], folder);
  const archive = readdirSync(folder).find(file => file.endsWith('.tgz')) ?? '';
  run('tar', ['xzf', archive, 'package/bin/chromium.br'], folder);
  writeFileSync(path, brotliDecompressSync(readFileSync(join(folder, 'package/bin/chromium.br'))));
  chmodSync(path, 0o755);
  rmSync(join(folder, 'package'), { recursive: true });
  rmSync(join(folder, archive));
}

function run(command: string, parameters: readonly string[], cwd: string): void {
  const { status } = spawnSync(command, parameters, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Missing(`${command} ${parameters.join(' ')} failed.`);
}
