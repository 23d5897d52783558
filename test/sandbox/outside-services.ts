/** What the sandbox's servers know about the chat service, next to either CRM. */
import type { Answer } from '../mocks/answer.ts';
import type { Addresses } from './addresses.ts';

/** Our entry in the chat service's marketplace. */
export const MARKETPLACE = { crmCode: 'crm-chat-roles', secret: 'what the marketplace knows us by' };
export const HOSTS = { api: 'https://api.wazzup24.com', settings: 'https://tech.wazzup24.com' };

/**
 * The chat service's consent page is on a host that browsers can reach only through the sandbox's own (chat-site.ts).
 */
export function ledHere(answered: Answer, { chats }: Addresses): Answer {
  const to = answered instanceof Response ? answered.headers.get('Location') : null;
  if (!(answered instanceof Response) || !to?.startsWith(HOSTS.settings)) return answered;
  const headers = new Headers(answered.headers);
  headers.set('Location', to.replace(HOSTS.settings, chats));
  return new Response(null, { status: answered.status, headers });
}
