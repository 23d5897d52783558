/** Who sees this client's chats now and after a claim, by the chat service's copy and the CRM's deals. */
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
  /** Limited to the client's channels. */
  readonly channels: readonly ChannelAudience[];
  readonly seeToo: readonly SeesToo[];
  /** Employees who would lose sight of the chat if I took the client. */
  readonly wouldLose: readonly string[];
};

/** `null` while the roles are not read. */
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
  // The service has no copy of a free client. For any other client without a copy, the CRM's owner is the best guess.
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
