/**
 * WebKitGTK, driven by the WebDriver protocol: a virtual screen, and a separate driver for each person, because one
 * driver has one window.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';

const PACKAGES = ['webkit2gtk-4.1', 'webkitgtk-6.0', 'webkit2gtk-4.0'];

/** Where Debian and others install the small browser that the driver starts. */
export function findMiniBrowser(): string | null {
  const places = ['/usr/lib', '/usr/lib64', '/usr/libexec'].filter(path => existsSync(path));
  const folders = places.flatMap(place => readdirSync(place).map(name => join(place, name))).concat(places);
  const paths = folders.flatMap(folder => PACKAGES.map(name => join(folder, name, 'MiniBrowser')));
  return paths.find(path => existsSync(path)) ?? null;
}

export type Program = { readonly stop: () => Promise<void> };

/** `name` is in the format of X programs, such as `:99`. */
export async function startScreen(): Promise<Program & { readonly name: string }> {
  const process = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1440x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const told = process.stdio[3];
  if (!told) throw new Error('Xvfb has no pipe for its display number');
  const [number]: unknown[] = await Promise.race([once(told, 'data'), ended(process, 'Xvfb')]);
  return { name: `:${String(number).trim()}`, stop: () => stop(process) };
}

/** `address` accepts the driver's commands. */
export async function startDriver(screen: string): Promise<Program & { readonly address: string }> {
  const port = await freePort();
  const driver = spawn('WebKitWebDriver', [`--port=${port}`], {
    stdio: 'ignore',
    env: {
      ...process.env,
      DISPLAY: screen,
      LIBGL_ALWAYS_SOFTWARE: '1',
      // Root cannot use WebKit's own sandbox.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    },
  });
  const address = `http://127.0.0.1:${port}`;
  await Promise.race([ready(address), ended(driver, 'WebKitWebDriver')]);
  return { address, stop: () => stop(driver) };
}

async function ready(address: string): Promise<void> {
  const isReady = await fetch(`${address}/status`).then(
    ({ ok }) => ok,
    () => false,
  );
  if (isReady) return;
  await pause(50);
  await ready(address);
}

async function ended(process: ChildProcess, name: string): Promise<never> {
  const [code]: unknown[] = await Promise.race([once(process, 'exit'), once(process, 'error')]);
  throw new Error(`${name} ended with code ${String(code)}`);
}

async function stop(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  process.kill();
  await once(process, 'exit');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  server.close();
  await once(server, 'close');
  return port;
}

export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Error('The server does not listen on a port');
  return address.port;
}

export const pause = (ms: number): Promise<void> =>
  new Promise(resolve => {
    setTimeout(resolve, ms);
  });
