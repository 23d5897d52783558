/** How the account is connected to Wazzup: what the server knows about it, and what an admin can change. */
import { array, fallback, nullable, picklist, string } from 'valibot';
import { distinct } from '../../http/distinct.ts';
import type { Client } from '../../http/client.ts';
import { Failure } from '../../http/failure.ts';
import { object } from '../../http/object.ts';
import type { Connection } from '../chat.ts';
import { channelFrom, channelRecord, listOf, WRITE_PATIENCE_MS } from './wire.ts';

const mode = picklist(['roles', 'reading', 'channels']);
const state = object({
  mode: nullable(mode),
  connectedAt: nullable(string()),
  access: string(),
  ways: array(string()),
  // Missing in answers of older servers.
  roles: fallback(picklist(['none', 'offered', 'given', 'ended']), 'none'),
});
const found = object({ mode, channels: listOf(channelRecord) });
const journey = object({ address: string() });

const there = <T>(value: T | null): T => {
  if (value === null) throw new Failure('unreadable', 'chat');
  return value;
};

export function connectionThrough(ask: Client): Connection {
  const write = { method: 'POST' as const, path: '/connection', patienceMs: WRITE_PATIENCE_MS };
  return {
    async state(signal) {
      const answer = await ask({ method: 'GET', path: '/connection', schema: state, signal });
      const { access, connectedAt, ...rest } = there(answer.value);
      return { ...rest, since: connectedAt, isLetIn: access === 'given' };
    },
    async look(key) {
      const answer = await ask({ ...write, path: '/connection/look', body: { key }, schema: found });
      const { mode, channels } = there(answer.value);
      return { mode, channels: distinct(channels.items.map(channelFrom), one => one.id) };
    },
    connect: (key, replaces) => ask({ ...write, method: 'PUT', body: { key, replaces } }),
    disconnect: () => ask({ ...write, method: 'DELETE' }),
    async journey(language, purpose) {
      const answer = await ask({
        ...write,
        path: '/connection/journey',
        body: { language, purpose },
        schema: journey,
      });
      return there(answer.value).address;
    },
  };
}
