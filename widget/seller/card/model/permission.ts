/** Whether I may take this client, by the admin's rule and my roles. Checked before anything is written. */
import type { Assignment } from '../../../../domain/assignment.ts';
import type { Employee } from '../../../../domain/employee.ts';
import type { ClaimRules } from '../../../../domain/own-rules.ts';
import type { Ownership } from '../../../../domain/ownership.ts';
import { mayAnswer } from '../../../../domain/role.ts';

export type Permission =
  /** `unseenOn`: the client's channels where I have no role, so I will not see the chat there. */
  | { readonly kind: 'allowed'; readonly unseenOn: readonly string[] }
  /** Allowed after I give a reason, which goes into the note. */
  | { readonly kind: 'needs-reason'; readonly owner: Employee; readonly unseenOn: readonly string[] }
  /** Colleagues' clients cannot be taken here. I can ask for this one. */
  | { readonly kind: 'ask-owner'; readonly owner: Employee }
  /** I may answer on no channel at all. */
  | { readonly kind: 'no-role' }
  | { readonly kind: 'mine' };

export function permissionOf(given: {
  readonly rules: Pick<ClaimRules, 'fromColleague' | 'supervisorsFreely'>;
  readonly ownership: Ownership;
  readonly me: string;
  /** `null` when not read, or when no chat service is connected. Then roles forbid nothing. */
  readonly assignments: readonly Assignment[] | null;
  /** Channels where the client has chats, as far as we know. */
  readonly clientChannelIds: readonly string[];
}): Permission {
  const { rules, ownership, assignments } = given;
  const mine = assignments?.filter(one => one.employeeId === given.me) ?? [];
  if (ownership.kind === 'mine') return { kind: 'mine' };
  if (assignments && !mine.some(({ role }) => mayAnswer(role))) return { kind: 'no-role' };
  const unseenOn = assignments
    ? given.clientChannelIds.filter(id => !mine.some(one => one.channelId === id))
    : [];
  if (ownership.kind === 'free') return { kind: 'allowed', unseenOn };
  if (rules.supervisorsFreely && mine.some(({ role }) => role === 'supervisor')) {
    return { kind: 'allowed', unseenOn };
  }
  const { owner } = ownership;
  switch (rules.fromColleague) {
    case 'freely':
      return { kind: 'allowed', unseenOn };
    case 'with-reason':
      return { kind: 'needs-reason', owner, unseenOn };
    case 'never':
      return { kind: 'ask-owner', owner };
  }
}
