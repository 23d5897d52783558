/** The service's own chat window, opened with the rights of one person. Source: its page on the chat window. */
import { check, pipe, string } from 'valibot';
import { webAddress } from '../../../domain/web-address.ts';
import { object } from '../../http/object.ts';
import { wellFormed } from '../../../domain/cut.ts';
import type { Client } from '../../http/client.ts';
import { Failure } from '../../http/failure.ts';
import type { Chat, ClientChat, Identity } from '../chat.ts';

/** The page follows this address, so nothing but a web page is let through. */
const windowAnswer = object({
  url: pipe(
    string(),
    check(address => /^https?:\/\//i.test(address) && webAddress(address) !== null),
  ),
});

export const windowThrough =
  (ask: Client): Chat['windowAddress'] =>
  async window => {
    const { value } = await ask({
      method: 'POST',
      path: '/v3/iframe',
      // The gateway says whose window it is.
      body: window.scope === 'client' ? card(window) : { scope: 'global' },
      schema: windowAnswer,
    });
    if (!value) throw new Failure('unreadable', 'chat');
    return value.url;
  };

type ClientWindow = { readonly client: readonly ClientChat[]; readonly active?: ClientChat };

/** Chats whose id nobody knows yet are asked for by phone only where there is no other: not every revision takes that. */
function card({ client, active }: ClientWindow): object {
  const withId = client.filter(one => one.identity.id !== '');
  return {
    scope: 'card',
    filter: (withId.length > 0 ? withId : client).map(({ identity, name }) =>
      chatOf(identity, { name: wellFormed(name) }),
    ),
    ...(active && active.identity.id !== ''
      ? { activeChat: chatOf(active.identity, active.channelId ? { channelId: active.channelId } : {}) }
      : {}),
  };
}

const chatOf = ({ messenger, id, ...others }: Identity, more: object): object => ({
  chatType: messenger,
  ...(id === '' ? others : { chatId: id }),
  ...more,
});

/** The service's one product under the domains that its own pages are mirrored on. */
const OWN = /^(.+\.)?wazzup-?24\.(com|ru|eu|es|in|kz)$/;

/** A signed address opens the chats of whoever it was made for, so it leads nowhere but to the service itself. */
export function isOwnAddress(address: string): boolean {
  const told = webAddress(address);
  if (!told || told.username || told.password) return false;
  const { protocol, hostname } = told;
  const isLocal = hostname === 'localhost' || hostname.endsWith('.localhost');
  return protocol === 'https:' ? isLocal || OWN.test(hostname) : protocol === 'http:' && isLocal;
}
