/** Our own server, which answers whether or not a chat service is connected. */
import { custom } from 'valibot';
import { createClient, type Answer, type Client } from '../http/client.ts';
import { Failure } from '../http/failure.ts';
import { proven } from '../http/proven.ts';
import type { StoredOwn, OwnServer, TOO_MUCH } from './account.ts';

/** A header on every answer of the server. A page that knows another version loads the settings. */
export const OWN_VERSION = 'own-settings';

export type Reached = {
  readonly gateway: string;
  readonly proof: (refused?: string) => Promise<string>;
  readonly closed?: AbortSignal | undefined;
};

export const clientOf = ({ gateway, proof, closed }: Reached): Client =>
  proven(
    createClient({
      service: 'chat',
      baseURL: gateway,
      headers: {},
      explain: (_status, body) => ({ reason: REASONS.get(Reflect.get(Object(body), 'error')) ?? null }),
      closed,
    }),
    proof,
  );

/** Maps the server's reasons to those of this interface. */
const REASONS: ReadonlyMap<unknown, (typeof TOO_MUCH)[number]> = new Map([
  ['OWN_SETTINGS_TOO_LONG', 'too-long'],
  ['OWN_SETTINGS_TOO_MANY_PEOPLE', 'too-many-people'],
]);

const schema = custom<object | null>(value => typeof value === 'object');

export function ownServer(reached: Reached): OwnServer {
  const ask = clientOf(reached);
  const path = '/own-settings';
  return {
    own: async () => ownIn(await ask({ method: 'GET', path, schema })),
    async saveOwn({ version, settings: body }) {
      const headers = { 'If-Match': `"${version}"` };
      return ownIn(await ask({ method: 'PUT', path, headers, body, schema }));
    },
  };
}

function ownIn({ value, header }: Answer<object | null>): StoredOwn {
  const version = /^(?:W\/)?"(\d+)"$/.exec(header('etag') ?? '')?.[1];
  if (version === undefined) throw new Failure('unreadable', 'chat');
  return { version, settings: value };
}
