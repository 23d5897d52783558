/**
 * Wazzup behind the gateway: its own paths and bodies, with the CRM's signed token instead of its key. The gateway adds
 * what the service lacks: a version of the role list, and a refusal if that version is outdated.
 */
import { is } from 'valibot';
import { cut } from '../../../domain/cut.ts';
import { distinct } from '../../http/distinct.ts';
import { createClient, type Answer, type Explain } from '../../http/client.ts';
import { Failure } from '../../http/failure.ts';
import type { Listed } from '../../http/listed.ts';
import { proven } from '../../http/proven.ts';
import {
  ADMINS_UNKNOWN,
  KEY_IN_USE,
  KEY_NOT_TAKEN,
  KEY_REFUSED,
  KEY_TOO_WEAK,
  NOT_CONNECTED,
  NOT_HEARD,
  NOT_WRITTEN,
  PEOPLE_LIMIT,
  ROLE_REQUIRED,
  ROLES_READ_ONLY,
  type Chat,
} from '../chat.ts';
import { clientsThrough } from './clients.ts';
import { connectionThrough } from './connection.ts';
import { messagesThrough } from './messages.ts';
import { roleListFrom, settings, settingsTo } from './roles.ts';
import { channelFrom, channelRecord, listOf, nestedProblem, problem, WRITE_PATIENCE_MS } from './wire.ts';
import { isOwnAddress, windowThrough } from './window.ts';

/** The service accepts 100 people per call and names of up to 150 characters. */
const CHUNK = 100;
const LONGEST_NAME = 150;
const MOST_PEOPLE = 1000;
const NONE: Listed<never> = { items: [], notUnderstood: 0 };
/** A little longer than the page waits: a request that the gateway gave up may still reach the service. */
const SETTLED_AFTER_MS = WRITE_PATIENCE_MS + 5000;

export function wazzupChat({
  gateway,
  proof,
  closed,
  onAnswer,
}: {
  readonly gateway: string;
  readonly proof: (refused?: string) => Promise<string>;
  /** After this is aborted, no more requests are sent. */
  readonly closed?: AbortSignal | undefined;
  /** Sees each answer before it is passed on. */
  readonly onAnswer?: ((header: Answer<unknown>['header']) => Promise<void>) | undefined;
}): Chat {
  const ask = proven(
    createClient({ service: 'chat', baseURL: gateway, headers: {}, explain, closed }),
    proof,
    onAnswer,
  );
  return {
    connection: connectionThrough(ask),
    cabinetAddress: 'https://app.wazzup24.com/',
    async channels(signal) {
      const { value } = await ask({
        method: 'GET',
        path: '/v3/channels',
        schema: listOf(channelRecord),
        signal,
      });
      const { items, notUnderstood } = value ?? NONE;
      return { items: distinct(items.map(channelFrom), one => one.id), notUnderstood };
    },
    async roles(signal) {
      return roleListFrom(await ask({ method: 'GET', path: '/settings', schema: settings, signal }));
    },
    async saveRoles({ version, ...list }) {
      // The gateway answers with the list as read back from the service.
      const answer = await ask({
        method: 'PATCH',
        path: '/settings',
        headers: { 'If-Match': version },
        body: settingsTo(list),
        schema: settings,
        patienceMs: WRITE_PATIENCE_MS,
      });
      return { ...roleListFrom(answer), writable: true };
    },
    settledAfterMs: SETTLED_AFTER_MS,
    mostPeople: MOST_PEOPLE,
    async introduce(people, { signal, onProgress } = {}) {
      const each = distinct(people, one => one.id);
      for (let at = 0; at < each.length; at += CHUNK) {
        if (signal?.aborted) throw new Failure('cancelled', 'chat');
        const body = each
          .slice(at, at + CHUNK)
          .map(({ id, name }) => ({ id, name: cut(name, LONGEST_NAME) || id }));
        await ask({ method: 'POST', path: '/v3/users', body, patienceMs: WRITE_PATIENCE_MS }).catch(
          explainLimit,
        );
        onProgress?.(at + body.length);
      }
    },
    ...clientsThrough(ask),
    ...messagesThrough(ask),
    windowAddress: windowThrough(ask),
    isOwnAddress,
  };
}

/** Translates the service's word, whose case differs between its pages, into a neutral reason. */
function explainLimit(thrown: unknown): never {
  const word = thrown instanceof Failure ? thrown.reason?.replaceAll('_', '').toLowerCase() : undefined;
  throw word === 'userlimitexceeded'
    ? new Failure('refused', 'chat', { reason: PEOPLE_LIMIT, cause: thrown })
    : thrown;
}

const explain: Explain = (_status, body) => {
  if (is(nestedProblem, body)) return { reason: body.error.code };
  const word = is(problem, body) && typeof body.error === 'string' ? body.error : null;
  return { reason: GATEWAY_WORDS.get(word ?? '') ?? word };
};

/** Maps the gateway's own refusals to the reasons of this interface. */
const GATEWAY_WORDS: ReadonlyMap<string, string> = new Map([
  ['ROLE_REQUIRED', ROLE_REQUIRED],
  ['ROLES_READ_ONLY', ROLES_READ_ONLY],
  ['ACCOUNT_UNKNOWN', NOT_HEARD],
  ['CHAT_NOT_CONNECTED', NOT_CONNECTED],
  ['KEY_NOT_TAKEN', KEY_NOT_TAKEN],
  ['KEY_IN_USE', KEY_IN_USE],
  ['KEY_TOO_WEAK', KEY_TOO_WEAK],
  ['KEY_REFUSED', KEY_REFUSED],
  ['NOT_WRITTEN', NOT_WRITTEN],
  ['DATABASE_DOWN', NOT_WRITTEN],
  ['ADMINS_UNKNOWN', ADMINS_UNKNOWN],
]);
