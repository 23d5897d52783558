/**
 * The service's copy of clients and their deals, with who is responsible for them. It takes whole objects only, a
 * hundred a call, and the last one to write wins. Sources: its pages on contacts and deals.
 */
import { path, type Client } from '../../http/client.ts';
import { distinct } from '../../http/distinct.ts';
import { Failure } from '../../http/failure.ts';
import type { Chat } from '../chat.ts';
import { contactFrom, contactRecord, contactTo, dealTo } from './wire.ts';

const CHUNK = 100;

export const clientsThrough = (
  ask: Client,
): Pick<Chat, 'contact' | 'rememberContact' | 'forgetContact' | 'rememberDeals' | 'forgetDeal'> => ({
  async contact(contactId) {
    const { value } = await ask({
      method: 'GET',
      path: path`/v3/contacts/${contactId}`,
      schema: contactRecord,
    }).catch(orMissing({ value: null }));
    return value ? contactFrom(value) : null;
  },
  async rememberContact(contact) {
    await ask({ method: 'POST', path: '/v3/contacts', body: [contactTo(contact)] });
  },
  async forgetContact(contactId) {
    await ask({ method: 'DELETE', path: path`/v3/contacts/${contactId}` }).catch(orMissing(undefined));
  },
  async rememberDeals(deals) {
    // The same id twice in a call breaks the service.
    const whole = distinct(deals, one => one.id).map(dealTo);
    for (let at = 0; at < whole.length; at += CHUNK) {
      await ask({ method: 'POST', path: '/v3/deals', body: whole.slice(at, at + CHUNK) });
    }
  },
  async forgetDeal(dealId) {
    await ask({ method: 'DELETE', path: path`/v3/deals/${dealId}` }).catch(orMissing(undefined));
  },
});

const orMissing =
  <T>(instead: T) =>
  (thrown: unknown): T => {
    if (thrown instanceof Failure && thrown.code === 'missing') return instead;
    throw thrown;
  };
