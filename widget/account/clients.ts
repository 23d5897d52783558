/** How the server holds what the chat service knows against the CRM. */
import { number, picklist, type InferOutput } from 'valibot';
import { PEOPLE_LIMIT } from '../chat/chat.ts';
import { Failure } from '../http/failure.ts';
import { amount, flag, id, words } from '../http/fields.ts';
import { listed } from '../http/listed.ts';
import { object } from '../http/object.ts';
import { wait } from '../http/retry.ts';
import type { Clients, ClientsServer } from './account.ts';
import { clientOf, type Reached } from './server.ts';

/** Two minutes, as long as the server gives itself. */
const LOOK_MS = 1000;
const MOST_LOOKS = 120;

const record = object({
  known: amount,
  right: amount,
  waiting: number(),
  failed: number(),
  notTold: listed(object({ kind: picklist(['contact', 'deal']), id, reason: words })),
  held: number(),
  unsent: amount,
  notNumbers: amount,
  sending: flag,
  checkedAt: words,
  checkEndedAt: words,
  pipelines: amount,
  people: amount,
  peopleKnown: amount,
  problem: words,
});

export function clientsServer(reached: Reached): ClientsServer {
  const ask = clientOf(reached);
  const clients = async (signal: AbortSignal): Promise<InferOutput<typeof record>> => {
    const { value } = await ask({ method: 'GET', path: '/clients', schema: record, signal });
    if (!value) throw new Failure('unreadable', 'chat');
    return value;
  };
  return {
    read: signal => ifThere(async () => clientsIn(await clients(signal))),
    check: (signal, onWait) =>
      ifThere(async () => {
        const before = endOf(await clients(signal));
        await ask({ method: 'POST', path: '/clients/check', body: {}, signal });
        for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
          await wait(LOOK_MS, signal);
          onWait();
          const now = await clients(signal);
          if (endOf(now) !== before) return clientsIn(now);
        }
        throw new Failure('timeout', 'chat');
      }),
    async release() {
      await ask({ method: 'POST', path: '/clients/release', body: {} });
    },
  };
}

async function ifThere(work: () => Promise<Clients>): Promise<Clients | null> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'missing') return null;
    throw thrown;
  }
}

/** When the last check ended, whatever came of it. */
const endOf = ({ checkEndedAt, checkedAt }: InferOutput<typeof record>): string => checkEndedAt || checkedAt;

const clientsIn = (told: InferOutput<typeof record>): Clients => ({
  ...told,
  notTold: told.notTold.items,
  checkedAt: Date.parse(told.checkedAt) || null,
  problem: problemOf(told.problem),
});

const problemOf = (code: string): Clients['problem'] =>
  code === ''
    ? null
    : code === PEOPLE_LIMIT
      ? new Failure('refused', 'chat', { reason: PEOPLE_LIMIT })
      : new Failure('down', code === 'crm' ? 'crm' : 'chat');
