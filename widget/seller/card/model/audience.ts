/**
 * Who sees a client's chats in the chat service's window, channel by channel, by its copy of contacts and deals as it is now
 * or as it will be after a claim. Roles are per channel, so a colleague may see one chat of a client and not another.
 */
import type { Assignment } from '../../../../domain/assignment.ts';
import type { Channel } from '../../../../domain/channel.ts';
import type { Employee } from '../../../../domain/employee.ts';
import { chatView, type ChatView, type SeenBecause } from '../../../../domain/visibility.ts';

/** The chat service's copy of a contact with the client's number. Free clients have no copy. */
export type CopiedContact = {
  readonly contactId: string;
  readonly ownerId: string;
  readonly openDeals: readonly CopiedDeal[];
};
export type CopiedDeal = { readonly id: string; readonly name: string; readonly ownerId: string };

export type Office = {
  readonly channels: readonly Channel[];
  readonly assignments: readonly Assignment[];
  readonly employees: readonly Pick<Employee, 'id' | 'active'>[];
  readonly me: string;
};

export type Watcher = {
  readonly employeeId: string;
  readonly sees: true;
  readonly writes: boolean;
  readonly because: SeenBecause;
};

export type ChannelAudience = {
  readonly channel: Channel;
  /** Active employees who see the chat, in the order of the employees. */
  readonly watchers: readonly Watcher[];
  readonly mine: ChatView;
};

/** `contacts`: all contacts with the client's number. */
export function audienceOf(
  { channels, assignments, employees, me }: Office,
  contacts: readonly CopiedContact[],
): readonly ChannelAudience[] {
  const working = employees.filter(one => one.active).map(one => one.id);
  const works = new Set(working);
  const holders = contacts.map(({ ownerId, openDeals }) => ({
    ownerId,
    openDealOwnerIds: openDeals.map(deal => deal.ownerId),
  }));
  return channels.map(channel => {
    const seats = new Map(
      assignments.filter(one => one.channelId === channel.id).map(one => [one.employeeId, one]),
    );
    const viewOf = (employeeId: string): ChatView =>
      chatView(seats.get(employeeId), holders, id => works.has(id));
    return {
      channel,
      watchers: working.flatMap(employeeId => {
        const view = viewOf(employeeId);
        return view.sees ? [{ employeeId, ...view }] : [];
      }),
      mine: viewOf(me),
    };
  });
}

/**
 * For each channel, the employees who see the chat before but not after. Channels without such employees are left out.
 */
export const lostSight = (
  before: readonly ChannelAudience[],
  after: readonly ChannelAudience[],
): readonly { readonly channel: Channel; readonly employeeIds: readonly string[] }[] =>
  before.flatMap(({ channel, watchers }) => {
    const left = after.find(one => one.channel.id === channel.id)?.watchers ?? [];
    const still = new Set(left.map(one => one.employeeId));
    const employeeIds = watchers.map(one => one.employeeId).filter(id => !still.has(id));
    return employeeIds.length > 0 ? [{ channel, employeeIds }] : [];
  });

/** Why a colleague sees a client's chats without being responsible for the contact at hand. */
export type SeesToo = {
  readonly employeeId: string;
  readonly because: { readonly kind: 'deal'; readonly deal: CopiedDeal } | { readonly kind: 'contact' };
};

/**
 * Colleagues who see a chat only because of an open deal or a second contact with the same number. One entry for each deal
 * and contact.
 */
export function seeToo(
  office: Office,
  contacts: readonly CopiedContact[],
  contactId: string,
): readonly SeesToo[] {
  const reasons = contacts.flatMap(contact => [
    ...(contact.contactId === contactId
      ? []
      : [{ employeeId: contact.ownerId, because: { kind: 'contact' as const } }]),
    ...contact.openDeals.map(deal => ({
      employeeId: deal.ownerId,
      because: { kind: 'deal' as const, deal },
    })),
  ]);
  const responsible = new Set(
    audienceOf(office, contacts).flatMap(({ watchers }) =>
      watchers
        .filter(one => one.because === 'responsible' || one.because === 'deal-responsible')
        .map(one => one.employeeId),
    ),
  );
  const owner = contacts.find(one => one.contactId === contactId)?.ownerId;
  return reasons.filter(
    ({ employeeId }) => employeeId !== office.me && employeeId !== owner && responsible.has(employeeId),
  );
}
