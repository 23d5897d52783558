/**
 * How many clients somebody sees, before and after. An estimate: the chat service tells neither on which channel a client
 * writes nor who writes without having been sent there as a contact, so channels are taken together and new clients left out.
 */
import type { ClientCounts } from '../../chat/chat.ts';
import type { Role } from '../../domain/role.ts';
import type { Draft } from './draft.ts';

export type ClientsSeen = { readonly before: number; readonly after: number };

/** By employee, for everybody whose roles the draft changes. */
export function clientsSeen(draft: Draft, counts: ClientCounts): ReadonlyMap<string, ClientsSeen> {
  const changed = new Set([...draft.edits.values()].map(edit => edit.employeeId));
  const before = mostSeen(draft.base.values(), changed, counts);
  const kept = [...draft.base].filter(([key]) => !draft.edits.has(key)).map(([, assignment]) => assignment);
  const after = mostSeen([...kept, ...draft.edits.values()], changed, counts);
  return new Map(
    [...changed].map(id => [id, { before: before.get(id) ?? 0, after: after.get(id) ?? 0 }] as const),
  );
}

/** Whoever sees everything on one channel and his own on another is counted as seeing everything. */
function mostSeen(
  places: Iterable<{ readonly employeeId: string; readonly role: Role | null }>,
  employeeIds: ReadonlySet<string>,
  counts: ClientCounts,
): ReadonlyMap<string, number> {
  const most = new Map<string, number>();
  for (const { employeeId, role } of places) {
    if (!employeeIds.has(employeeId)) continue;
    most.set(employeeId, Math.max(most.get(employeeId) ?? 0, seenWith(role, employeeId, counts)));
  }
  return most;
}

function seenWith(role: Role | null, employeeId: string, { all, byResponsible }: ClientCounts): number {
  switch (role) {
    case null:
      return 0;
    case 'seller':
      return byResponsible.get(employeeId) ?? 0;
    case 'supervisor':
    case 'auditor':
      return all;
  }
}
