/** The server as a program that serves only Pipedrive. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { builtServer } from '../support/built-server.ts';
import { freshPostgres } from '../support/databases.ts';

const program = builtServer();
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pipedrive-'));
  await mkdir(join(folder, 'pages/assets'), { recursive: true });
  await writeFile(join(folder, 'pages/panel.html'), '<!doctype html><title>panel</title>');
  await writeFile(join(folder, 'pages/assets/panel.js'), 'export {};');
  await writeFile(join(folder, 'secret.html'), 'not a page');
});
afterEach(() => rm(folder, { recursive: true, force: true }));
const environment = async () => ({
  PIPEDRIVE_CLIENT_ID: 'app',
  PIPEDRIVE_CLIENT_SECRET: 'what the app is known by',
  PIPEDRIVE_CALLBACK: 'https://chat.example.com/pipedrive/callback',
  PIPEDRIVE_PAGES: join(folder, 'pages'),
  KEY_RING: `first:${'A'.repeat(43)}`,
  PORT: '0',
  ...(inject('postgres') === ''
    ? { DATA_FOLDER: join(folder, 'data') }
    : { DATABASE_URL: await freshPostgres() }),
});

describe('a server for Pipedrive', () => {
  it('serves its pages from their folder only, and reveals no secrets', async () => {
    const { origin, said, end } = await program.start(await environment());
    const statuses = await Promise.all(
      ['panel', 'assets/panel.js', 'assets/..%2f..%2fsecret.html', 'settings'].map(
        async path => (await fetch(`${origin}/pipedrive/${path}`)).status,
      ),
    );
    expect(statuses).toEqual([200, 200, 404, 404]);
    const asked = await fetch(`${origin}/pipedrive/authorize`, { redirect: 'manual' });
    expect(asked.headers.get('Location')).toContain(
      'https://oauth.pipedrive.com/oauth/authorize?client_id=app',
    );
    const headers = { Authorization: `Basic ${Buffer.from('app:guessed').toString('base64')}` };
    const forged = await fetch(`${origin}/pipedrive/callback`, { method: 'DELETE', headers });
    expect(forged.status).toBe(401);
    expect(said()).not.toMatch(/what the app is known by|guessed|state=/);
    expect(await end('SIGTERM')).toBe(0);
  });

  it('ends with one sentence if its pages are missing', async () => {
    const { code, said } = await program.run({
      ...(await environment()),
      PIPEDRIVE_PAGES: join(folder, 'none'),
    });
    expect([code, said]).toEqual([1, expect.stringMatching(/^PIPEDRIVE_PAGES is not understood: [^\n]+\.$/)]);
  });
});
