/**
 * The service's copy of clients and their deals, with who is responsible for them. It takes whole objects only, a
 * hundred a call, and the last one to write wins. Sources: its pages on contacts and deals.
 */
import { path, type Client } from '../../http/client.ts';
import { Failure } from '../../http/failure.ts';
import type { Chat } from '../chat.ts';
import { contactFrom, contactRecord, contactTo, dealFrom, dealRecord, dealTo } from './wire.ts';

const CHUNK = 100;

export const clientsThrough = (
  ask: Client,
): Pick<Chat, 'contact' | 'rememberContact' | 'forgetContact' | 'deal' | 'rememberDeals' | 'forgetDeal'> => ({
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
  async deal(dealId) {
    const { value } = await ask({
      method: 'GET',
      path: path`/v3/deals/${dealId}`,
      schema: dealRecord,
    }).catch(orMissing({ value: null }));
    return value ? dealFrom(value) : null;
  },
  async rememberDeals(deals) {
    // The same id twice in a call breaks the service.
    const whole = [...new Map(deals.map(deal => [deal.id, deal])).values()].map(dealTo);
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
