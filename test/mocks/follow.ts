/**
 * Following as a page sees it, for stages without a database: the server's own rules over an emulated CRM that answers
 * at once. Its records end with the process.
 */
import { clientsOf } from '../../server/chat/wazzup/clients.ts';
import { cards } from '../../server/crm/amocrm/cards.ts';
import { CLOSED } from '../../server/crm/amocrm/clients.ts';
import type { CrmClients } from '../../server/crm/clients.ts';
import { followContact, followDeal, type Sides } from '../../server/follow/client.ts';
import type { Followed } from '../../server/chat/copy.ts';
import type { Copies, SentNumbers } from '../../server/chat/copy.ts';
import type { FollowNow } from '../../server/follow/following.ts';
import type { GatewayConfig } from '../../server/gateway/config.ts';
import { orRefused } from '../../server/follow/answered-instead.ts';
import { readOwnSettings } from '../../domain/own-settings.ts';
import { NOBODY } from '../world/people.ts';
import type { World } from '../world/world.ts';

export function copiesInMemory(): Copies {
  const told = new Map<string, SentNumbers>();
  return {
    numbersOf: async (_account, name) => told.get(name) ?? null,
    record: async (_account, name, numbers) => void told.set(name, numbers),
    async adopt(_account, names) {
      for (const name of names) if (!told.has(name)) told.set(name, { made: [], phones: [] });
    },
    known: async (_account, names) => names.filter(name => told.has(name)),
    followed: async (_account, names) => names.filter(name => told.has(name)),
  };
}

export function followIn(
  world: World,
  { wazzup, ownSettings }: Pick<GatewayConfig, 'wazzup' | 'ownSettings'>,
  copies: Copies,
): FollowNow {
  const { account } = world.crm;
  const accountId = String(account.id);
  async function sides(leaving: AbortSignal): Promise<Sides> {
    const { settings } = await ownSettings.read({ crm: 'amocrm', id: accountId });
    const standInOwners = settings
      ? readOwnSettings(JSON.stringify(settings)).standInOwners
      : // The value in the CRM's field, until the panel has moved it to the server.
        [String(NOBODY)];
    return {
      accountId,
      crm: crmIn(world),
      cards,
      chat: clientsOf(wazzup, { fetch: globalThis.fetch, api: wazzup.api, leaving }),
      copies,
      crmOrigin: account.origin,
      country: 'RU',
      sendsAll: false,
      standInOwners,
      async hint(names) {
        for (const name of names) await look(name, leaving);
      },
    };
  }
  async function look(name: string, patience: AbortSignal): Promise<Followed> {
    const [kind, id = ''] = name.split(' ');
    const following = await sides(patience);
    return kind === 'contact' ? followContact(following, id) : followDeal(following, id);
  }
  return {
    knows: async name => (await copies.known(accountId, [name])).length > 0,
    adopt: name => copies.adopt(accountId, [name]),
    sharing: async name => sharingIn(world, name),
    hint: async name => void (await look(name, new AbortController().signal)),
    now: (name, patience) => orRefused(look(name, patience)),
  };
}

const crmIn = ({ crm }: World): CrmClients => ({
  async contact(id) {
    const found = crm.contacts.get(Number(id));
    if (!found || found.isDeleted) return null;
    return {
      name: found.name,
      responsibleId: String(found.responsibleUserId),
      phones: found.phones,
      dealIds: async () =>
        [...crm.leads.values()].flatMap(one => (one.contactIds.includes(found.id) ? String(one.id) : [])),
    };
  },
  async deal(id) {
    const found = crm.leads.get(Number(id));
    if (!found || found.isDeleted) return null;
    return {
      name: found.name,
      responsibleId: String(found.responsibleUserId),
      contactIds: found.contactIds.map(String),
      isOpen: !CLOSED.has(String(found.statusId)),
    };
  },
  works: async id => crm.users.get(Number(id))?.isActive === true,
});

/** The owners of other contacts that share one of this contact's numbers. */
function sharingIn({ crm }: World, name: string): readonly string[] {
  const numbers = (phones: readonly string[]): readonly string[] =>
    phones.map(phone => phone.replaceAll(/\D/g, ''));
  const all = [...crm.contacts.values()].filter(one => !one.isDeleted);
  const own = new Set(numbers(all.find(({ id }) => name === `contact ${id}`)?.phones ?? []));
  return all
    .filter(({ phones }) => numbers(phones).some(number => own.has(number)))
    .map(({ id }) => `contact ${id}`)
    .filter(other => other !== name);
}
