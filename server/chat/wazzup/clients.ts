/** Reads and writes the chat service's copy of clients and deals, for the server itself. */
import * as v from 'valibot';
import { cutAddress } from '../../../domain/cut.ts';
import { askingChat, ChatUnavailable, type ChatGiven, type ChatKey } from './asking.ts';

export type ClientKind = 'contacts' | 'deals';

const identity = v.looseObject({
  chatType: v.string(),
  chatId: v.optional(v.string()),
  username: v.optional(v.string()),
  phone: v.optional(v.string()),
});
export type Identity = v.InferOutput<typeof identity>;

const contact = v.looseObject({
  responsibleUserId: v.nullish(v.string(), ''),
  name: v.nullish(v.string(), ''),
  contactData: v.nullish(v.array(identity), []),
  uri: v.nullish(v.string(), ''),
});
export type ChatContact = v.InferOutput<typeof contact>;

const deal = v.looseObject({
  responsibleUserId: v.nullish(v.string(), ''),
  name: v.nullish(v.string(), ''),
  uri: v.nullish(v.string(), ''),
  contacts: v.nullish(v.array(v.string()), []),
  closed: v.nullish(v.boolean(), true),
});
export type ChatDeal = v.InferOutput<typeof deal>;

const channelList = v.array(v.looseObject({ transport: v.pipe(v.string(), v.toLowerCase()) }));

const statePage = v.object({
  data: v.array(
    v.looseObject({
      id: v.string(),
      responsibleUserId: v.nullish(v.string(), ''),
      uri: v.nullish(v.string(), ''),
      closed: v.nullish(v.boolean(), false),
    }),
  ),
});
/** A client or deal in a list: whose it is, and whether it is closed. */
export type ChatState = v.InferOutput<typeof statePage>['data'][number];

export type ChatClients = {
  /** Returns all of them or throws. */
  readonly all: (kind: ClientKind) => Promise<readonly ChatState[]>;
  readonly contact: (id: string) => Promise<ChatContact | null>;
  readonly deal: (id: string) => Promise<ChatDeal | null>;
  /** The transports of the account's channels in the service's words: `tgapi` is Telegram, and `telegram` is a Telegram bot. */
  readonly transports: () => Promise<readonly string[]>;
  readonly tellContact: (contact: {
    readonly id: string;
    readonly responsibleUserId: string;
    readonly name: string;
    readonly contactData: readonly Identity[];
    readonly uri: string;
  }) => Promise<void>;
  readonly tellDeal: (deal: {
    readonly id: string;
    readonly responsibleUserId: string;
    readonly name: string;
    readonly uri: string;
    readonly contacts: readonly string[];
    readonly closed: boolean;
  }) => Promise<void>;
  readonly forget: (kind: ClientKind, id: string) => Promise<void>;
};

/** The size of a page of a list, and the most pages: two hundred thousand clients. */
const PAGE = 100;
const MOST_PAGES = 2000;
/** The longest name or address in characters. The service cuts nothing itself: it refuses longer ones. */
export const LONGEST = 200;
export const MOST_CONTACTS_OF_A_DEAL = 10;

export function clientsOf(connection: ChatKey, given: ChatGiven): ChatClients {
  const { ask, read } = askingChat(connection, given);
  const { api } = given;
  const pathTo = (kind: ClientKind, id: string): string => `${api}/v3/${kind}/${encodeURIComponent(id)}`;
  return {
    async all(kind) {
      const found: ChatState[] = [];
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const { data } = (await read(`${api}/v3/${kind}?offset=${page * PAGE}`, statePage)) ?? { data: [] };
        found.push(...data);
        if (data.length < PAGE) return found;
      }
      throw new ChatUnavailable('The list of the chat service has too many pages');
    },
    contact: id => read(pathTo('contacts', id), contact),
    deal: id => read(pathTo('deals', id), deal),
    async transports() {
      const channels = (await read(`${api}/v3/channels`, channelList)) ?? [];
      return [...new Set(channels.map(({ transport }) => transport))];
    },
    async tellContact({ uri, ...one }) {
      await ask('POST', `${api}/v3/contacts`, [{ ...one, ...(uri.length <= LONGEST && { uri }) }]);
    },
    async tellDeal(one) {
      await ask('POST', `${api}/v3/deals`, [{ ...one, uri: cutAddress(one.uri, LONGEST) }]);
    },
    async forget(kind, id) {
      await ask('DELETE', pathTo(kind, id));
    },
  };
}
