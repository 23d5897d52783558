import { describe, expect, it } from 'vitest';
import {
  isInstalled,
  type Machine,
  type Package,
  type PackageList,
} from '../../../widget/package/run/installed.mjs';

const LINUX: Machine = { os: 'linux', cpu: 'x64', libc: 'glibc' };

/** Of a tool that is not the same on every machine. */
const part = (content: string, fits: Package): Package => ({
  version: '1.0.0',
  integrity: `sha512-${content}`,
  dev: true,
  optional: true,
  ...fits,
});

const LOCK: PackageList = {
  packages: {
    '': { version: '1.0.0' },
    'node_modules/preact': { version: '11.2.0', integrity: 'sha512-a' },
    'node_modules/vite': { version: '8.3.8', integrity: 'sha512-b', dev: true },
    'node_modules/native-linux-x64-gnu': part('c', { os: ['linux'], cpu: ['x64'], libc: ['glibc'] }),
    'node_modules/native-linux-x64-musl': part('d', { os: ['linux'], cpu: ['x64'], libc: ['musl'] }),
    'node_modules/native-darwin-arm64': part('e', { os: ['darwin'], cpu: ['arm64'] }),
    'node_modules/not-for-windows': part('f', { os: ['!win32'] }),
    'node_modules/only-darwin-needs-it': { version: '2.0.0', integrity: 'sha512-g', optional: true },
  },
};
const folder = (name: string): string => `node_modules/${name}`;
const preact = folder('preact');
const vite = folder('vite');
const native = folder('native-linux-x64-gnu');
const musl = folder('native-linux-x64-musl');

/** What npm would have written down on this machine. */
const installedOn = ({ os, libc }: Machine): PackageList => {
  const leftOut: Record<string, boolean> = {
    '': true,
    'node_modules/only-darwin-needs-it': os !== 'darwin',
    'node_modules/native-darwin-arm64': os !== 'darwin',
    'node_modules/not-for-windows': os === 'win32',
    [native]: os !== 'linux' || libc !== 'glibc',
    [musl]: os !== 'linux' || libc !== 'musl',
  };
  return { packages: Object.fromEntries(Object.entries(LOCK.packages).filter(([path]) => !leftOut[path])) };
};
const without = (path: string): PackageList => ({
  packages: Object.fromEntries(
    Object.entries(installedOn(LINUX).packages).filter(([other]) => other !== path),
  ),
});
const everywhere = (): boolean => true;

describe('an installation', () => {
  it.each<Machine>([
    LINUX,
    { os: 'linux', cpu: 'x64', libc: 'musl' },
    { os: 'darwin', cpu: 'arm64', libc: undefined },
    { os: 'win32', cpu: 'x64', libc: undefined },
  ])('that npm made on %o is whole', machine => {
    expect(isInstalled(LOCK, installedOn(machine), machine, everywhere)).toBe(true);
  });

  it.each<[string, PackageList | undefined]>([
    ['that nobody made', undefined],
    ['that stopped half-way', { packages: {} }],
    ['without the tools', without(vite)],
    ["without this machine's native part", without(native)],
    ['without a library', without(preact)],
    [
      'of another version',
      {
        packages: { ...installedOn(LINUX).packages, [preact]: { version: '11.1.0', integrity: 'sha512-a' } },
      },
    ],
    [
      'of another content under the same version',
      {
        packages: { ...installedOn(LINUX).packages, [preact]: { version: '11.2.0', integrity: 'sha512-z' } },
      },
    ],
    ['that was made on another machine', installedOn({ os: 'darwin', cpu: 'arm64', libc: undefined })],
  ])('%s is none', (_what, installed) => {
    expect(isInstalled(LOCK, installed, LINUX, everywhere)).toBe(false);
  });

  it('of which a folder was deleted since is none', () => {
    expect(isInstalled(LOCK, installedOn(LINUX), LINUX, path => path !== vite)).toBe(false);
  });

  it('of a list that cannot be read is none', () => {
    expect(isInstalled(undefined, installedOn(LINUX), LINUX, everywhere)).toBe(false);
  });

  it('with something more in it is whole', () => {
    const more = { packages: { ...installedOn(LINUX).packages, 'node_modules/more': { version: '1.0.0' } } };
    expect(isInstalled(LOCK, more, LINUX, everywhere)).toBe(true);
  });
});
