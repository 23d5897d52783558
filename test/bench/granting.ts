/** How long a seller waits for the permission to write, with fifty requests per second in as many accounts. */
import { Agent, request } from 'node:http';
import type { Launched } from './launched.ts';
import type { Line } from './line.ts';

const PER_SECOND = 50;
const SECONDS = 8;
const MOST_MILLISECONDS = 50;

const agent = new Agent({ keepAlive: true });
const PLAN = { deals: [], note: 'Taken over by @[8001]', task: null, answer: null, undoes: null };

export async function measureGranting(
  server: Launched,
  headersOf: (account: number) => Promise<Readonly<Record<string, string>>>,
): Promise<readonly Line[]> {
  const headers = await Promise.all(Array.from({ length: PER_SECOND }, (_, account) => headersOf(account)));
  const asks: Promise<number>[] = [];
  for (let at = 0; at < PER_SECOND * SECONDS; at += 1) {
    asks.push(asked(server.origin, headers[at % PER_SECOND] ?? {}, String(40_000 + at)));
    await new Promise(resolve => setTimeout(resolve, 1000 / PER_SECOND));
  }
  // The first second warms up.
  const times = (await Promise.all(asks)).slice(PER_SECOND).toSorted((one, other) => one - other);
  return [
    {
      part: 'server',
      what: `p99 until a client is granted, ${PER_SECOND} a second`,
      unit: 'ms',
      ours: times[Math.floor(times.length * 0.99)] ?? Number.NaN,
      budget: { of: 'ours', most: MOST_MILLISECONDS },
    },
  ];
}

/** The time that it took. */
function asked(origin: string, headers: Readonly<Record<string, string>>, contact: string): Promise<number> {
  const claim = { press: crypto.randomUUID(), contact, base: '8005', to: '8001', plan: PLAN };
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const sent = request(`${origin}/claims`, { method: 'POST', agent, headers }, answer => {
      answer.resume();
      answer.once('end', () =>
        answer.statusCode === 200
          ? resolve(performance.now() - started)
          : reject(new Error(`The server answered ${answer.statusCode}`)),
      );
    });
    sent.once('error', reject);
    sent.end(JSON.stringify({ claims: [claim] }));
  });
}
