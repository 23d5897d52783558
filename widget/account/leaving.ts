/** What is deleted when an account disconnects: now, in thirty days, and what stays in the chat service. */
import { nullable, number, picklist, string } from 'valibot';
import { listed } from '../http/listed.ts';
import { object } from '../http/object.ts';
import type { LeavingServer } from './account.ts';
import { LEFT } from './account.ts';
import { clientOf, type Reached } from './server.ts';

const counted = listed(object({ what: picklist(LEFT), count: nullable(number()) }));
const record = object({ now: counted, later: object({ at: string(), what: counted }), stays: counted });

export function leavingServer(reached: Reached): LeavingServer {
  const ask = clientOf(reached);
  return {
    async leaving(signal) {
      const { value } = await ask({ method: 'GET', path: '/leaving', schema: record, signal });
      if (!value) return null;
      const { now, later, stays } = value;
      return {
        now: now.items,
        later: later.what.items,
        laterAt: Date.parse(later.at),
        stays: stays.items,
      };
    },
  };
}
