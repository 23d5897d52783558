/** How the server holds what the chat service knows against the CRM. */
import { nullable, number, type InferOutput } from 'valibot';
import { PEOPLE_LIMIT } from '../chat/chat.ts';
import { Failure } from '../http/failure.ts';
import { words } from '../http/fields.ts';
import { object } from '../http/object.ts';
import { wait } from '../http/retry.ts';
import type { Checked, ClientsServer } from './account.ts';
import { clientOf, type Reached } from './server.ts';

/** Two minutes, as long as the server gives itself. */
const LOOK_MS = 1000;
const MOST_LOOKS = 120;

const count = nullable(number());
const record = object({
  known: number(),
  waiting: number(),
  failed: number(),
  held: number(),
  checkedAt: words,
  pipelines: count,
  people: count,
  peopleKnown: count,
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
    async check(signal, onWait) {
      try {
        const before = await clients(signal);
        await ask({ method: 'POST', path: '/clients/check', body: {}, signal });
        for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
          await wait(LOOK_MS, signal);
          onWait();
          const now = await clients(signal);
          if (now.checkedAt !== before.checkedAt) return { ...now, problem: problemOf(now.problem) };
        }
      } catch (thrown) {
        if (thrown instanceof Failure && thrown.code === 'missing') return null;
        throw thrown;
      }
      throw new Failure('timeout', 'chat');
    },
    async release() {
      await ask({ method: 'POST', path: '/clients/release', body: {} });
    },
  };
}

const problemOf = (code: string): Checked['problem'] =>
  code === ''
    ? null
    : code === PEOPLE_LIMIT
      ? new Failure('refused', 'chat', { reason: PEOPLE_LIMIT })
      : new Failure('down', code === 'crm' ? 'crm' : 'chat');
