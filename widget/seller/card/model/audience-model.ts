/** Who sees this client's chats now, and who would after a claim, as far as the chat service's copy and the CRM's deals tell. */
import type { Contact } from '../../../host/host.ts';
import {
  audienceOf,
  lostSight,
  seeToo,
  type ChannelAudience,
  type CopiedContact,
  type Office,
  type SeesToo,
} from './audience.ts';
import type { CardModel } from './card.ts';

export type ClientAudience = {
  /** The client's channels only. */
  readonly channels: readonly ChannelAudience[];
  readonly seeToo: readonly SeesToo[];
  /** Employees who would lose sight of the chat if I took the client. */
  readonly wouldLose: readonly string[];
};

/** `null`: the roles are not read. */
export function audienceFor({ given, sources, along, ownership }: CardModel): ClientAudience | null {
  const side = sources.chat.value();
  if (!side) return null;
  const { me } = given.page;
  const known = new Set(sources.channelIds.value);
  const office: Office = {
    channels: side.channels.filter(({ id }) => known.has(id)),
    assignments: side.roles.assignments,
    employees: given.page.employees(),
    me: me.id,
  };
  const contact = sources.contact.value();
  const copyFor = (
    ownerId: string,
    dealOwner: (ownerId: string, comes: boolean) => string,
  ): CopiedContact => ({
    contactId: given.contactId,
    ownerId,
    openDeals: along.value.flatMap(({ deal, comes, whose }) =>
      deal.ownerId === null || whose === 'free'
        ? []
        : [{ id: deal.id, name: deal.name, ownerId: dealOwner(deal.ownerId, comes) }],
    ),
  });
  // The service keeps no free client; of one whom it does not know, the CRM's word is the best there is.
  const copiedOwner = side.known?.ownerId ?? (ownership.value.kind === 'free' ? null : ownerOf(contact));
  const others = (sources.others.value() ?? []).map(ownerId => ({ contactId: '', ownerId, openDeals: [] }));
  const now = [...(copiedOwner === null ? [] : [copyFor(copiedOwner, ownerId => ownerId)]), ...others];
  const after = [copyFor(me.id, (ownerId, comes) => (comes ? me.id : ownerId)), ...others];
  const channels = audienceOf(office, now);
  const lost = lostSight(channels, audienceOf(office, after)).flatMap(one => one.employeeIds);
  return {
    channels,
    seeToo: seeToo(office, now, given.contactId),
    wouldLose: ownership.value.kind === 'mine' ? [] : [...new Set(lost)].filter(id => id !== me.id),
  };
}

const ownerOf = (contact: Contact | null): string | null => contact?.ownerId ?? null;
