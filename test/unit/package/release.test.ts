/** What a release is refused for, each time with the field and the file to correct. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import { releaseFaults } from '../../../widget/package/release.ts';

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));
const SERVER = 'https://chat.office.ru';
/** What `npm run build` starts. */
const BUILD = packageJson.scripts.build.split(' ').slice(1);

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'release-'));
  mkdirSync(join(root, 'widget/package/privacy'), { recursive: true });
  mkdirSync(join(root, 'widget/package/pipedrive'), { recursive: true });
});
afterAll(() => rmSync(root, { recursive: true }));

/** A project with these addresses in it. */
function withAddresses(email: string, privacy: string, support = 'help@office.ru'): string {
  const widget = { version: '1.0.0', support: { link: 'https://office.ru/help', email } };
  writeFileSync(join(root, 'manifest.json'), JSON.stringify({ widget }));
  writeFileSync(join(root, 'widget/package/privacy/en.md'), `# Privacy\n\nWrite to us: ${privacy}\n`);
  writeFileSync(join(root, 'widget/package/pipedrive/hub.json'), JSON.stringify({ support }));
  return root;
}

describe('a release', () => {
  it('may be made of addresses that somebody reads', () => {
    expect(releaseFaults(withAddresses('help@office.ru', 'help@example-office.ru'), SERVER)).toEqual([]);
  });

  it('names the field of the manifest that nobody has filled in', () => {
    expect(releaseFaults(withAddresses('help@office.example', 'help@office.ru'), SERVER)).toEqual([
      'manifest.json: widget.support.email has help@office.example, which is a placeholder.',
    ]);
  });

  it('names the line of the privacy text that nobody has filled in', () => {
    expect(releaseFaults(withAddresses('help@office.ru', 'https://example.com/help'), SERVER)).toEqual([
      'widget/package/privacy/en.md: line 3 has https://example.com, which is a placeholder.',
    ]);
  });

  it('names the field of the Developer Hub that nobody has filled in', () => {
    const project = withAddresses('help@office.ru', 'help@office.ru', 'help@office.example');
    expect(releaseFaults(project, SERVER)).toEqual([
      'widget/package/pipedrive/hub.json: support has help@office.example, which is a placeholder.',
    ]);
  });

  it.each([
    ['', 'CHAT_URL is not set, so each admin would have to type the address of the server.'],
    ['https://chat.example.com/v1', 'CHAT_URL is https://chat.example.com, which is a placeholder.'],
    ['http://localhost:8080', 'CHAT_URL is http://localhost, which is a placeholder.'],
  ])('leads to no server at "%s"', (chatUrl, sentence) => {
    expect(releaseFaults(withAddresses('help@office.ru', 'help@office.ru'), chatUrl)).toEqual([sentence]);
  });

  it('is refused by the command, which then builds nothing', () => {
    const { status, stdout, stderr } = spawnSync('node', [...BUILD, '--release'], {
      cwd: PROJECT,
      encoding: 'utf8',
      env: { ...process.env, CHAT_URL: 'https://chat.example.com' },
    });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('CHAT_URL is https://chat.example.com, which is a placeholder.');
  });

  it('is asked for by its name alone', () => {
    const { status, stderr } = spawnSync('node', [...BUILD, '--realease'], {
      cwd: PROJECT,
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'npm run build has only one option: npm run build -- --release\n',
    });
  });
});
