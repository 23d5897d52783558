/**
 * Who sees a chat in the chat service's window, and why. The service uses only its own copy of contacts and deals, so
 * the CRM's data takes effect once it was sent there. It is inferred that closed deals do not count.
 */
import type { Assignment } from './assignment.ts';

/** A contact of the chat service with the chat's number. There may be several. */
export type Holder = {
  readonly ownerId: string;
  readonly openDealOwnerIds: readonly string[];
};

export type ChatView =
  | { readonly sees: true; readonly writes: boolean; readonly because: SeenBecause }
  | { readonly sees: false; readonly writes: false; readonly because: HiddenBecause };

export type SeenBecause = 'supervisor' | 'auditor' | 'responsible' | 'deal-responsible' | 'new-client';

/** `owner-left`: everyone responsible for the client has left the company, so no seller sees the chat. */
export type HiddenBecause = 'no-role' | 'someone-elses' | 'owner-left' | 'new-clients-off';

const seen = (because: SeenBecause, writes = true): ChatView => ({ sees: true, writes, because });
const hidden = (because: HiddenBecause): ChatView => ({ sees: false, writes: false, because });

export function chatView(
  assignment: Assignment | undefined,
  holders: readonly Holder[],
  works: (employeeId: string) => boolean,
): ChatView {
  switch (assignment?.role) {
    case undefined:
      return hidden('no-role');
    case 'supervisor':
      return seen('supervisor');
    case 'auditor':
      return seen('auditor', false);
    case 'seller':
      return sellersView(assignment, holders, works);
  }
}

function sellersView(
  { employeeId, receivesNewClients }: Assignment,
  holders: readonly Holder[],
  works: (employeeId: string) => boolean,
): ChatView {
  if (holders.length === 0) return receivesNewClients ? seen('new-client') : hidden('new-clients-off');
  if (holders.some(one => one.ownerId === employeeId)) return seen('responsible');
  if (holders.some(one => one.openDealOwnerIds.includes(employeeId))) return seen('deal-responsible');
  const responsible = holders.flatMap(one => [one.ownerId, ...one.openDealOwnerIds]);
  return hidden(responsible.some(works) ? 'someone-elses' : 'owner-left');
}
