/** Problems in a set of assignments, each with the channel or the people it concerns. */
import { goneChannels, onChannels, type Assignment, type GoneChannel } from './assignment.ts';
import type { Channel } from './channel.ts';
import type { Employee } from './employee.ts';
import { mayAnswer } from './role.ts';

export type Warning =
  /** At most supervisors see clients who write for the first time. */
  | { readonly kind: 'nobody-receives'; readonly channel: Channel }
  | { readonly kind: 'nobody-answers'; readonly channel: Channel }
  /** A chat whose owner has left the company is visible to no one. */
  | { readonly kind: 'no-supervisor'; readonly channel: Channel }
  | ({ readonly kind: 'channel-gone' } & GoneChannel)
  | { readonly kind: 'deactivated-with-role'; readonly employees: readonly Employee[] }
  /** The CRM lets these employees change at most their own contacts, so they cannot take a client. */
  | { readonly kind: 'cannot-claim'; readonly employees: readonly Employee[] }
  /** The CRM shows no widgets to users of its free plan. */
  | { readonly kind: 'sees-no-widgets'; readonly employees: readonly Employee[] };

export function warningsOn(
  all: readonly Assignment[],
  {
    channels,
    existing = onChannels(all, channels),
    employees,
  }: {
    readonly channels: readonly Channel[];
    /** The assignments on existing channels. The channels of all others are gone. */
    readonly existing?: readonly Assignment[];
    readonly employees: readonly Employee[];
  },
): readonly Warning[] {
  const withRole = new Set(existing.map(one => one.employeeId));
  const holders = employees.filter(one => withRole.has(one.id));
  const working = new Set(holders.filter(one => one.active).map(one => one.id));
  const sellers = new Set(existing.filter(one => one.role === 'seller').map(one => one.employeeId));
  const concerning = (
    kind: 'deactivated-with-role' | 'cannot-claim' | 'sees-no-widgets',
    meant: readonly Employee[],
  ): readonly Warning[] => (meant.length > 0 ? [{ kind, employees: meant }] : []);
  return [
    ...channels.flatMap(channel => {
      const here = existing.filter(one => one.channelId === channel.id && working.has(one.employeeId));
      return channelWarnings(channel, here);
    }),
    ...concerning(
      'deactivated-with-role',
      holders.filter(one => !one.active),
    ),
    ...concerning(
      'cannot-claim',
      holders.filter(one => one.active && sellers.has(one.id) && isBoundToOwn(one)),
    ),
    ...concerning(
      'sees-no-widgets',
      holders.filter(one => one.active && one.free),
    ),
    ...goneChannels(all, existing).map(({ channelId, employeeIds }): Warning => ({
      kind: 'channel-gone',
      channelId,
      employeeIds,
    })),
  ];
}

/** Reports only the worst problem: if no one answers, no one receives new clients either. */
function channelWarnings(channel: Channel, here: readonly Assignment[]): readonly Warning[] {
  const answering = here.filter(one => mayAnswer(one.role));
  if (answering.length === 0) return [{ kind: 'nobody-answers', channel }];
  const warnings: Warning[] = [];
  if (!answering.some(one => one.receivesNewClients)) warnings.push({ kind: 'nobody-receives', channel });
  if (!answering.some(one => one.role === 'supervisor')) warnings.push({ kind: 'no-supervisor', channel });
  return warnings;
}

const isBoundToOwn = ({ editsContacts }: Employee): boolean =>
  editsContacts === 'own' || editsContacts === 'none';
