/** One process of the built server, and its own measurements. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

export type Launched = {
  readonly origin: string;
  /** From its start until it listens. */
  readonly startMilliseconds: number;
  readonly residentBytes: () => Promise<number>;
  /** The heap in use after a garbage collection. */
  readonly heapBytes: () => Promise<number>;
  readonly end: () => Promise<void>;
};

const LOOKS = 6;

export async function launched(
  program: string,
  environment: Readonly<Record<string, string>>,
): Promise<Launched> {
  const started = performance.now();
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env['PATH'], PORT: '0', ...environment },
  });
  let said = '';
  const [port, metricsPort] = await new Promise<readonly (string | undefined)[]>((resolve, reject) => {
    child.stderr.on('data', more => (said += String(more)));
    child.stdout.on('data', more => {
      const found = /"port":(\d+),"metricsPort":(\d+)/.exec(String(more));
      if (found) resolve(found.slice(1));
    });
    child.once('close', () => reject(new Error(`The server ended: ${said}`)));
  });
  const startMilliseconds = performance.now() - started;
  const metric = async (name: string): Promise<number> => {
    const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  };
  return {
    origin: `http://127.0.0.1:${port}`,
    startMilliseconds,
    residentBytes: () => metric('process_resident_memory_bytes'),
    async heapBytes() {
      const seen: number[] = [];
      for (let look = 0; look < LOOKS; look += 1) seen.push(await metric('nodejs_heap_size_used_bytes'));
      return Math.min(...seen);
    },
    async end() {
      child.kill('SIGTERM');
      await once(child, 'close');
    },
  };
}
