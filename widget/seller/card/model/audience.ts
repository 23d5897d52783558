/**
 * Who sees a client's chats in the chat service's window, channel by channel, as its copy of contacts and deals says it
 * or will say it after a claim. Roles are per channel, so the same colleague may see one chat of a client and not
 * another.
 */
import type { Assignment } from '../../../../domain/assignment.ts';
import type { Channel } from '../../../../domain/channel.ts';
import type { Employee } from '../../../../domain/employee.ts';
import { chatView, type ChatView, type SeenBecause } from '../../../../domain/visibility.ts';

/** A contact with the client's number, as the chat service keeps it. A free client is not kept there at all. */
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
  /** Those who see the chat, in the order of the employees. Whoever left does not look any more. */
  readonly watchers: readonly Watcher[];
  readonly mine: ChatView;
};

/** `contacts`: every one that holds the client's number. */
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

/** Who saw the chat before and does not after, on each channel where there is somebody. */
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

/** Why a colleague sees a client's chats though they are not responsible for the contact at hand. */
export type SeesToo = {
  readonly employeeId: string;
  readonly because: { readonly kind: 'deal'; readonly deal: CopiedDeal } | { readonly kind: 'contact' };
};

/**
 * Colleagues whom an open deal, or a second contact with the same number, lets see a chat that their role alone
 * would hide from them: one entry for each of those.
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
