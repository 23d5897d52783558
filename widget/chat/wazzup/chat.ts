/**
 * Wazzup behind the gateway: its own paths and bodies, the CRM's signed token instead of its key. The gateway
 * adds what the service lacks: a version of the role list, and a refusal when that version is old.
 */
import { is } from 'valibot';
import { createClient, type Answer, type Client, type Explain, type Request } from '../../http/client.ts';
import { Failure } from '../../http/failure.ts';
import {
  ADMINS_UNKNOWN,
  KEY_REFUSED,
  KEY_TOO_WEAK,
  PEOPLE_LIMIT,
  ROLE_REQUIRED,
  ROLES_READ_ONLY,
  type Chat,
  type RoleList,
} from '../chat.ts';
import { clientCounts } from './client-counts.ts';
import { clientsThrough } from './clients.ts';
import { messagesThrough } from './messages.ts';
import {
  assignmentFrom,
  channelFrom,
  channelList,
  nestedProblem,
  peopleFrom,
  peopleList,
  pipelineTo,
  problem,
  settings,
  settingsTo,
} from './wire.ts';
import { isOwnAddress, windowThrough } from './window.ts';

/** The service takes 100 people a call, and a name of 150 characters. */
const CHUNK = 100;
const LONGEST_NAME = 150;
const MOST_PEOPLE = 1000;

export function wazzupChat({
  gateway,
  proof,
  closed,
}: {
  readonly gateway: string;
  readonly proof: (refused?: string) => Promise<string>;
  /** Once it is aborted nothing more is asked. */
  readonly closed?: AbortSignal;
}): Chat {
  const ask = proven(
    createClient({ service: 'chat', baseURL: gateway, headers: {}, explain, closed }),
    proof,
  );
  const roles = async (signal?: AbortSignal): Promise<RoleList> => {
    const { value, header } = await ask({ method: 'GET', path: '/settings', schema: settings, signal });
    if (!value) throw new Failure('unreadable', 'chat');
    return {
      assignments: value.userRoles.map(assignmentFrom),
      notifySupervisors: value.pushInputOutputMessageEventsForManagers,
      version: header('etag') ?? '',
      writable: (header('allow') ?? '').includes('PATCH'),
    };
  };
  return {
    cabinetAddress: 'https://app.wazzup24.com/',
    async channels(signal) {
      const { value } = await ask({ method: 'GET', path: '/v3/channels', schema: channelList, signal });
      return (value ?? []).map(channelFrom);
    },
    roles,
    async saveRoles({ assignments, notifySupervisors, version }) {
      await ask({
        method: 'PATCH',
        path: '/settings',
        headers: { 'If-Match': version },
        body: settingsTo(assignments, notifySupervisors),
      });
      return roles();
    },
    async people(signal) {
      const { value } = await ask({ method: 'GET', path: '/v3/users', schema: peopleList, signal });
      return value ? peopleFrom(value) : [];
    },
    mostPeople: MOST_PEOPLE,
    async introduce(people, { signal, onProgress } = {}) {
      for (let at = 0; at < people.length; at += CHUNK) {
        if (signal?.aborted) throw new Failure('cancelled', 'chat');
        const body = people
          .slice(at, at + CHUNK)
          .map(({ id, name }) => ({ id, name: name.slice(0, LONGEST_NAME) || id }));
        await ask({ method: 'POST', path: '/v3/users', body }).catch(explainLimit);
        onProgress?.(at + body.length);
      }
    },
    clientCounts: clientCounts(ask),
    ...clientsThrough(ask),
    async rememberPipelines(pipelines) {
      if (pipelines.length === 0) return;
      await ask({ method: 'POST', path: '/v3/pipelines', body: pipelines.map(pipelineTo) });
    },
    ...messagesThrough(ask),
    windowAddress: windowThrough(ask),
    isOwnAddress,
  };
}

/** The service's word for it, whose case differs between its pages, in a word that any service could use. */
function explainLimit(thrown: unknown): never {
  const word = thrown instanceof Failure ? thrown.reason?.replaceAll('_', '').toLowerCase() : undefined;
  throw word === 'userlimitexceeded' ? new Failure('refused', 'chat', PEOPLE_LIMIT) : thrown;
}

/**
 * Carries the CRM's token. The gateway refuses a bad one before it does anything, so asking once more with
 * a new token repeats nothing.
 */
function proven(ask: Client, proof: (refused?: string) => Promise<string>): Client {
  const withToken = <T>(request: Request<T>, token: string): Promise<Answer<T>> =>
    ask({ ...request, headers: { ...request.headers, 'X-Auth-Token': token } });
  return async request => {
    const token = await proof();
    try {
      return await withToken(request, token);
    } catch (thrown) {
      if (!(thrown instanceof Failure) || thrown.code !== 'signed-out') throw thrown;
      return withToken(request, await proof(token));
    }
  };
}

const explain: Explain = (_status, body) => {
  if (is(nestedProblem, body)) return { reason: body.error.code };
  const word = is(problem, body) ? (body.error ?? null) : null;
  return { reason: GATEWAY_WORDS.get(word ?? '') ?? word };
};

/** What the gateway itself refuses, in the words of the seam. */
const GATEWAY_WORDS: ReadonlyMap<string, string> = new Map([
  ['ROLE_REQUIRED', ROLE_REQUIRED],
  ['ROLES_READ_ONLY', ROLES_READ_ONLY],
  ['KEY_TOO_WEAK', KEY_TOO_WEAK],
  ['KEY_REFUSED', KEY_REFUSED],
  ['ADMINS_UNKNOWN', ADMINS_UNKNOWN],
]);
