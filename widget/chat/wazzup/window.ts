/**
 * The service's own chat window, opened with the rights of one person. Source: the service's page on the chat window.
 */
import { check, pipe, string } from 'valibot';
import { webAddress } from '../../../domain/web-address.ts';
import { object } from '../../http/object.ts';
import { wellFormed } from '../../../domain/cut.ts';
import type { Client } from '../../http/client.ts';
import { Failure } from '../../http/failure.ts';
import type { Chat, ClientChat, Identity } from '../chat.ts';

/** The page opens this address, so only web addresses are accepted. */
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
      // The gateway decides whose window it is.
      body: window.scope === 'client' ? card(window) : { scope: 'global' },
      schema: windowAnswer,
    });
    if (!value) throw new Failure('unreadable', 'chat');
    return value.url;
  };

type ClientWindow = { readonly client: readonly ClientChat[]; readonly active?: ClientChat };

/**
 * Chats without a known id are requested by phone only if there are no others, because not every revision of the
 * service accepts that.
 */
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

/** The service's domain and the domains on which its own pages are mirrored. */
const OWN = /^(.+\.)?wazzup-?24\.(com|ru|eu|es|in|kz)$/;

/** A signed address opens the chats of the person it was made for, so it may only lead to the service itself. */
export function isOwnAddress(address: string): boolean {
  const told = webAddress(address);
  if (!told || told.username || told.password) return false;
  const { protocol, hostname } = told;
  const isLocal = hostname === 'localhost' || hostname.endsWith('.localhost');
  return protocol === 'https:' ? isLocal || OWN.test(hostname) : protocol === 'http:' && isLocal;
}
