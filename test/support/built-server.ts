/** Real processes of the built server, with the emulated chat service on a separate port. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as passed } from 'node:timers/promises';
import { base64url, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll } from 'vitest';
import { buildServer } from '../../server/node/build.ts';
import { answer } from '../mocks/answer.ts';
import { listen, redirected, type Mount } from '../mocks/http.ts';
import { wazzupHandlers } from '../mocks/wazzup/handlers.ts';
import { claimsOf, signed } from './signed-proof.ts';
import { ADMIN } from '../world/people.ts';
import type { World } from '../world/world.ts';

const ROOT = join(import.meta.dirname, '../..');

export type Instance = {
  readonly origin: string;
  /** The address of the metrics, if a port for them is configured. */
  readonly metrics: string;
  /** All output so far. */
  readonly said: () => string;
  readonly process: ChildProcess;
  /** Sends this signal and resolves to the exit code. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>;
};
type Environment = Readonly<Record<string, string>>;
export type Program = {
  /** Runs a command to its end and resolves to its output. */
  readonly run: (
    environment: Environment,
    ...words: readonly string[]
  ) => Promise<{ readonly code: number; readonly said: string }>;
  readonly start: (environment: Environment) => Promise<Instance>;
};

/** The server as built by `npm run build`, once per file. All started processes end with the file. */
export function builtServer(): Program {
  let folder = '';
  const running = new Set<ChildProcess>();
  beforeAll(async () => {
    // Inside the project, so that it finds its libraries.
    folder = await mkdtemp(join(ROOT, 'node_modules/.cache-server-'));
    await buildServer(ROOT, folder);
  });
  afterAll(async () => {
    for (const one of running) one.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });
  const spawned = (environment: Environment, words: readonly string[] = []): ChildProcess => {
    const started = spawn(process.execPath, [join(folder, 'server.mjs'), ...words], {
      env: { PATH: process.env['PATH'], ...environment },
    });
    running.add(started);
    started.once('close', () => running.delete(started));
    return started;
  };
  return {
    async run(environment, ...words) {
      const program = spawned(environment, words);
      let said = '';
      program.stdout?.on('data', part => (said += String(part)));
      program.stderr?.on('data', part => (said += String(part)));
      const [code] = await once(program, 'close');
      return { code: Number(code), said: said.trim() };
    },
    async start(environment) {
      const program = spawned({ PORT: '0', ...environment });
      let said = '';
      program.stderr?.on('data', part => (said += String(part)));
      const [port, metricsPort] = await new Promise<readonly (string | undefined)[]>((resolve, reject) => {
        program.stdout?.on('data', part => {
          said += String(part);
          const found = /"port":(\d+),"metricsPort":(\d+|null).*"listening"/.exec(said);
          if (found) resolve(found.slice(1));
        });
        program.once('close', () => reject(new Error(`The server ended: ${said}`)));
      });
      return {
        origin: `http://127.0.0.1:${port}`,
        metrics: `http://127.0.0.1:${metricsPort}/metrics`,
        said: () => said,
        process: program,
        async end(signal) {
          program.kill(signal);
          const [code] = await once(program, 'close');
          return typeof code === 'number' ? code : null;
        },
      };
    },
  };
}

/**
 * Kills one instance after the other without warning and restarts it, until `over` is aborted. Returns the number of
 * kills.
 */
export async function killInTurn(
  program: Program,
  slots: (Instance | null)[],
  {
    environment,
    everyMilliseconds,
    over,
  }: {
    readonly environment: Environment;
    readonly everyMilliseconds: number;
    readonly over: AbortSignal;
  },
): Promise<number> {
  let kills = 0;
  for (;;) {
    await passed(everyMilliseconds, undefined, { signal: over }).catch(() => undefined);
    if (over.aborted) return kills;
    const at = kills % slots.length;
    const victim = slots[at];
    slots[at] = null;
    await victim?.end('SIGKILL');
    kills += 1;
    slots[at] = await program.start(environment);
  }
}

/** The emulated chat service, for both of its hosts. */
export const chatService = (world: World): Promise<Mount> =>
  listen(request => {
    const host = new URL(request.url).pathname === '/settings' ? 'tech' : 'api';
    return answer(world, wazzupHandlers(world), redirected(request, `https://${host}.wazzup24.com`));
  });

/** The environment of a server for this world's account, with a private integration. */
export const environmentOf = ({ crm, clock }: World, service: Mount) => ({
  INTEGRATION_ID: crm.integration.uuid,
  INTEGRATION_SECRET: crm.integration.secret,
  REDIRECT_URI: `${crm.integration.audience}/amocrm/authorized`,
  KEY_RING: `first:${base64url.encode(new Uint8Array(32).fill(7))}`,
  CRM_ORIGIN: crm.account.origin,
  LONG_LIVED_TOKEN: new UnsecuredJWT({ sub: String(ADMIN), account_id: crm.account.id })
    .setExpirationTime(clock.now() / 1000 + 86_400 * 365)
    .encode(),
  WAZZUP_KEY: 'partner-key-3f9c',
  WAZZUP_API: service.origin,
  WAZZUP_SETTINGS: service.origin,
});

/** Makes a process find the emulated CRM under the CRM's own name. */
export function leading(host: string, origin: string): string {
  const words = `const before = fetch; globalThis.fetch = asked => {
    const { host, pathname, search } = new URL(asked.url);
    return host === '${host}' ? before(new Request('${origin}' + pathname + search, asked)) : before(asked);
  };`;
  return `--import=data:text/javascript,${encodeURIComponent(words)}`;
}

/** The headers that a page of the world's account sends. */
export const headersOf = async (world: World, employeeId: number): Promise<Record<string, string>> => ({
  Origin: world.crm.account.origin,
  'X-Auth-Token': await signed(claimsOf(world, employeeId), world.crm.integration.secret),
});
