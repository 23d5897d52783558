/**
 * A PostgreSQL for tests: TEST_DATABASE_URL, or a temporary cluster made with the machine's PostgreSQL, which is
 * installed as root on Debian. Null if there is none: tests that need it report that they are skipped.
 */
import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPackages } from './browser.ts';

export type Cluster = { readonly url: string; readonly stop: () => void };

/** Debian has one folder per version. */
const DEBIAN = '/usr/lib/postgresql';

export function startPostgres(): Cluster | null {
  const given = process.env['TEST_DATABASE_URL'];
  if (given) return { url: given, stop: () => undefined };
  const programs = findPrograms();
  return programs === null ? null : startIn(mkdtempSync(join(tmpdir(), 'postgres-')), programs);
}

function findPrograms(): string | null {
  const found = (): string | null => {
    if (existsSync(DEBIAN))
      for (const version of readdirSync(DEBIAN).sort().reverse())
        if (existsSync(`${DEBIAN}/${version}/bin/initdb`)) return `${DEBIAN}/${version}/bin`;
    const { status, stdout } = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' });
    return status === 0 ? stdout.trim() : null;
  };
  return found() ?? (installPackages(['postgresql']) ? found() : null);
}

function startIn(folder: string, programs: string): Cluster {
  // PostgreSQL refuses to run as root; its package creates a user.
  const asUser = process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--'] : [];
  if (asUser.length > 0) {
    const [user, group] = ['-u', '-g'].map(which =>
      Number(spawnSync('id', [which, 'postgres'], { encoding: 'utf8' }).stdout),
    );
    chownSync(folder, user ?? 0, group ?? 0);
  }
  const tell = (program: string, ...parameters: readonly string[]): void => {
    const [command = '', ...rest] = [...asUser, join(programs, program), ...parameters];
    const { status, stderr } = spawnSync(command, rest, {
      cwd: folder,
      encoding: 'utf8',
      // The server must not keep one of our pipes open, or we would wait for it.
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
  };
  const data = join(folder, 'data');
  tell('initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C');
  // Reachable only through its socket, so no free port is needed. Without fsync, because tests need no durability.
  const options = `-c listen_addresses= -c unix_socket_directories=${folder} -c fsync=off -c max_connections=200`;
  tell('pg_ctl', '-D', data, '-w', '-l', join(folder, 'log'), '-o', options, 'start');
  return {
    url: `postgres://postgres@localhost/postgres?host=${encodeURIComponent(folder)}`,
    stop: () => {
      tell('pg_ctl', '-D', data, '-w', '-m', 'immediate', 'stop');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
