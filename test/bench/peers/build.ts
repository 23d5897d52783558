/** Installs the two grids that a good engineer would buy into a temporary folder, and builds the same job with each. */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { chunksOf } from '../../../widget/package/output.ts';
import { textOf } from '../../../domain/directory.ts';
import type { CrmUser } from '../../world/crm.ts';

const PEERS = {
  'ag-grid-community': '36.2.0',
  '@tanstack/react-table': '9.3.1',
  '@tanstack/react-virtual': '3.14.26',
  react: '19.3.1',
  'react-dom': '19.3.1',
};

export const PEER_NAMES = { 'ag-grid': 'AG Grid 36', tanstack: 'TanStack Table 9' } as const;
export type PeerName = keyof typeof PEER_NAMES;

export type PeerPerson = {
  readonly id: string;
  readonly name: string;
  readonly group: string;
  readonly text: string;
  readonly role: string;
  readonly receives: boolean;
};

/** The same people as in our dialog, half a thousand of them with a role. */
export const peerPeople = (
  users: readonly CrmUser[],
  groupOf: (user: CrmUser) => string,
): readonly PeerPerson[] =>
  users.map((user, at) => {
    const [id, name, group] = [String(user.id), user.name, groupOf(user)];
    const text = textOf({
      id,
      name,
      email: user.email,
      group,
      groupId: '',
      active: true,
      admin: false,
      free: false,
      editsContacts: 'unknown',
    });
    return { id, name, group, text, role: at < 900 ? 'seller' : 'none', receives: at < 900 };
  });

/** A script for each grid, which draws into the page that runs it. */
export async function buildPeers(
  root: string,
  people: readonly PeerPerson[],
): Promise<Record<PeerName, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'crm-chat-roles-peers-'));
  try {
    await cp(join(root, 'test/bench/peers'), folder, { recursive: true });
    await writeFile(join(folder, 'everybody.json'), JSON.stringify(people));
    await writeFile(
      join(folder, 'package.json'),
      JSON.stringify({ private: true, type: 'module', dependencies: PEERS }),
    );
    const install = ['install', '--no-audit', '--no-fund', '--ignore-scripts'];
    await promisify(execFile)('npm', install, { cwd: folder, shell: process.platform === 'win32' });
    const built = async (name: PeerName): Promise<string> => {
      const output = await build({
        configFile: false,
        root: folder,
        logLevel: 'error',
        mode: 'production',
        define: { 'process.env.NODE_ENV': '"production"' },
        build: {
          write: false,
          target: 'es2022',
          rolldownOptions: { output: { minify: true } },
          lib: {
            entry: join(folder, `${name}.js`),
            formats: ['iife'],
            name: 'peer',
            fileName: () => 'peer.js',
          },
        },
      });
      return chunksOf(output)[0]?.code ?? '';
    };
    return { 'ag-grid': await built('ag-grid'), tanstack: await built('tanstack') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
