/** Finds a Chromium for the tests, or installs one. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

/** Debian's Chromium without a window: the same engine, a quarter faster. */
const SHELL = '/usr/bin/chromium-headless-shell';

/** Where systems install Chrome or Chromium. */
const PLACES = [
  SHELL,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** Without these flags, a browser without a network keeps trying to reach its vendor. */
export const BROWSER_FLAGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Whether the developer wants to watch. */
export const isVisible = (): boolean => Boolean(process.env['VISIBLE']);

/**
 * The path of a browser: CHROMIUM_PATH, one on the machine, Playwright's own, or, as root on Debian, a newly installed
 * one.
 */
export function findBrowser(): string {
  const named = process.env['CHROMIUM_PATH'];
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM_PATH names ${named}, but there is no such file.`);
  }
  const places = [...PLACES, chromium.executablePath()];
  // The shell has no window to show.
  const found = places.find(path => existsSync(path) && !(isVisible() && path === SHELL));
  if (found) return found;
  if (!isVisible() && installPackages(['chromium-headless-shell', 'fonts-dejavu-core'])) return SHELL;
  throw new Error(
    'No Chrome or Chromium was found. Install one, or run "npx playwright install chromium", or set CHROMIUM_PATH.',
  );
}

/** Installs missing packages as root on Debian; returns `false` everywhere else. */
export function installPackages(names: readonly string[]): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return false;
  process.stdout.write(`Installing ${names.join(', ')} with apt-get…\n`);
  for (const parameters of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', ...names],
  ]) {
    const { status } = spawnSync('apt-get', parameters, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (status !== 0)
      throw new Error(`apt-get ${parameters.join(' ')} failed. Install ${names.join(', ')} by hand.`);
  }
  return true;
}
