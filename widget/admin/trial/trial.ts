/**
 * The rules of a trial message: which channels can send one, when the messenger requires a template, what a refusal
 * means, and who will see the resulting chat.
 */
import { ALREADY_SENT, SEND_PROBLEMS, type SendProblem, type Template } from '../../chat/chat.ts';
import type { Assignment } from '../../../domain/assignment.ts';
import type { Channel, Messenger } from '../../../domain/channel.ts';
import type { Employee } from '../../../domain/employee.ts';
import { chatView } from '../../../domain/visibility.ts';
import { leavesOpen, type Failure } from '../../http/failure.ts';

/** Messengers in which a company can write first to a phone number alone. */
const WRITES_FIRST: ReadonlySet<Messenger> = new Set(['whatsapp', 'waba', 'telegram']);

/** Channels that can be tried now, in the service's own order. */
export const usableChannels = (channels: readonly Channel[]): readonly Channel[] =>
  channels.filter(({ messenger, state }) => state === 'active' && WRITES_FIRST.has(messenger));

/** The first usable channel that had no roles before and has some now: the occasion to offer a trial. */
export function channelWithFirstRoles(
  before: readonly Assignment[],
  after: readonly Assignment[],
  channels: readonly Channel[],
): Channel | undefined {
  const has = (assignments: readonly Assignment[], { id }: Channel): boolean =>
    assignments.some(one => one.channelId === id);
  return usableChannels(channels).find(channel => !has(before, channel) && has(after, channel));
}

/** WhatsApp Business API accepts free text only within 24 hours after the person wrote. */
export const wantsTemplate = (channel: Channel, hasWritten: boolean): boolean =>
  channel.messenger === 'waba' && !hasWritten;

/** Templates that can be sent as they are: approved, with nothing to fill in. */
export const readyTemplates = (templates: readonly Template[]): readonly Template[] =>
  templates.filter(({ approved, hasBlanks }) => approved && !hasBlanks);

export type Verdict =
  | { readonly kind: 'sent' }
  /** Nothing was sent. `problem` is set if the service named one that this version can explain. */
  | { readonly kind: 'refused'; readonly failure: Failure; readonly problem: SendProblem | null }
  /** No answer came: only the phone shows whether it was sent. */
  | { readonly kind: 'unknown' };

/** The result of a message whose sending ended with this failure. */
export function verdictOn(failure: Failure): Verdict {
  if (failure.reason === ALREADY_SENT) return { kind: 'sent' };
  const problem = SEND_PROBLEMS.find(one => one === failure.reason) ?? null;
  // Without a proof from the CRM, nothing was sent.
  return problem === null && failure.service !== 'crm' && leavesOpen(failure)
    ? { kind: 'unknown' }
    : { kind: 'refused', failure, problem };
}

/** What a role on the channel means for a chat with a person who is not a client yet. */
const WATCHING = ['supervisor', 'auditor', 'new-client', 'new-clients-off'] as const;

/** People grouped by the reason why they see or do not see the chat. */
export type Audience = readonly {
  readonly because: (typeof WATCHING)[number];
  readonly sees: boolean;
  readonly people: readonly Employee[];
}[];

/** Who sees, and who with a role does not see, the chat with a number that is not a client's yet. */
export function audienceOf(
  channel: Channel,
  assignments: readonly Assignment[],
  employees: readonly Employee[],
): Audience {
  const held = new Map(
    assignments.filter(one => one.channelId === channel.id).map(one => [one.employeeId, one]),
  );
  const views = employees
    .filter(one => one.active)
    .map(employee => ({ employee, view: chatView(held.get(employee.id), [], () => true) }));
  return WATCHING.flatMap(because => {
    const concerned = views.filter(({ view }) => view.because === because);
    const [first] = concerned;
    return first
      ? [{ because, sees: first.view.sees, people: concerned.map(({ employee }) => employee) }]
      : [];
  });
}
