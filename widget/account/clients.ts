/** The page's requests to the server for comparing the chat service with the CRM. */
import { number, picklist, type InferOutput } from 'valibot';
import { PEOPLE_LIMIT } from '../chat/chat.ts';
import { asFailure, Failure } from '../http/failure.ts';
import { amount, flag, id, words } from '../http/fields.ts';
import { listed } from '../http/listed.ts';
import { object } from '../http/object.ts';
import { wait } from '../http/retry.ts';
import type { Clients, ClientsServer } from './account.ts';
import { clientOf, type Reached } from './server.ts';

/** Polls for two minutes, the time limit of the server's own check. */
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
  const read: ClientsServer['read'] = async signal => {
    try {
      const { value } = await ask({ method: 'GET', path: '/clients', schema: record, signal });
      return value && clientsIn(value);
    } catch (thrown) {
      if (asFailure(thrown).code === 'missing') return null;
      throw thrown;
    }
  };
  return {
    read,
    async check(signal, onWait) {
      const before = await read(signal);
      if (!before) return null;
      await ask({ method: 'POST', path: '/clients/check', body: {}, signal });
      for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
        await wait(LOOK_MS, signal);
        onWait();
        const now = await read(signal);
        if (now?.endedAt !== before.endedAt) return now;
      }
      throw new Failure('timeout', 'chat');
    },
    async release() {
      await ask({ method: 'POST', path: '/clients/release', body: {} });
    },
  };
}

const clientsIn = (told: InferOutput<typeof record>): Clients => ({
  ...told,
  notTold: told.notTold.items,
  checkedAt: Date.parse(told.checkedAt) || null,
  endedAt: told.checkEndedAt || told.checkedAt,
  problem: problemOf(told.problem),
});

const problemOf = (code: string): Clients['problem'] =>
  code === ''
    ? null
    : code === PEOPLE_LIMIT
      ? new Failure('refused', 'chat', { reason: PEOPLE_LIMIT })
      : new Failure('down', code === 'crm' ? 'crm' : 'chat');
