/**
 * The service's copy of clients. Pages only read it; the server alone writes it. Source: the service's page on
 * contacts.
 */
import { array, nullable, optional, picklist, string } from 'valibot';
import { path, type Client } from '../../http/client.ts';
import { Failure } from '../../http/failure.ts';
import { object } from '../../http/object.ts';
import type { Chat } from '../chat.ts';
import { contactFrom, contactRecord, WRITE_PATIENCE_MS } from './wire.ts';

const followed = nullable(
  object({
    kind: picklist(['known', 'without-number', 'free', 'gone']),
    notNumbers: optional(array(string()), []),
  }),
);

export const clientsThrough = (ask: Client): Pick<Chat, 'contact' | 'others' | 'changed'> => ({
  async contact(contactId) {
    const { value } = await ask({
      method: 'GET',
      path: path`/v3/contacts/${contactId}`,
      schema: contactRecord,
    }).catch(orMissing({ value: null }));
    return value ? contactFrom(value) : null;
  },
  async others(contactId) {
    const { value } = await ask({
      method: 'GET',
      path: path`/clients/${contactId}/others`,
      schema: nullable(array(object({ ownerId: string() }))),
    });
    return (value ?? []).map(({ ownerId }) => ownerId);
  },
  async changed(contact, deals = []) {
    const { value } = await ask({
      method: 'POST',
      path: '/clients/changed',
      body: { contact, deals },
      schema: followed,
      patienceMs: WRITE_PATIENCE_MS,
    });
    // The server has queued the change, but it takes longer than the page waits.
    if (!value) throw new Failure('timeout', 'chat');
    return value;
  },
});

const orMissing =
  <T>(instead: T) =>
  (thrown: unknown): T => {
    if (thrown instanceof Failure && thrown.code === 'missing') return instead;
    throw thrown;
  };
