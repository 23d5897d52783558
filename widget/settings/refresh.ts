/**
 * "Refresh data from CRM" as its four steps. Each asks, sends or corrects one thing, can be done again alone without
 * harm, and throws a `Failure` when it was not done. None of them changes a role.
 */
import type { Chat, RoleList } from '../chat/chat.ts';
import type { Channel } from '../domain/channel.ts';
import type { Employee } from '../domain/employee.ts';
import { peopleChanges, type PeopleChanges, type Person, type SeenPeople } from '../domain/people-changes.ts';
import type { HostRecords } from '../host/host.ts';
import { Failure } from '../http/failure.ts';
import { withRole } from '../roles/model/save.ts';

export const STEPS = ['employees', 'pipelines', 'people', 'owners'] as const;
export type Step = (typeof STEPS)[number];

/** What a running step hears and tells. */
export type Progress = {
  /** Aborted when the person no longer wants to wait. */
  readonly signal: AbortSignal;
  readonly report: (done: number, of: number) => void;
};

/** The account as it is now: what later steps build on. */
export type Account = {
  readonly employees: readonly Employee[];
  readonly channels: readonly Channel[];
  readonly list: RoleList;
};

/** Fails if the list lacks the person who asks: nobody may be taken for dismissed on the word of half a list. */
export function completeList(employees: readonly Employee[], me: string): readonly Employee[] {
  if (!employees.some(({ id }) => id === me)) throw new Failure('unreadable', 'crm');
  return employees;
}

export async function comparePeople(
  chat: Chat,
  { employees, list }: Account,
  before: { readonly standInOwners: readonly string[]; readonly seen: SeenPeople | null },
  { signal }: Progress,
): Promise<{ readonly changes: PeopleChanges; readonly knownThere: readonly Person[] }> {
  const knownThere = await chat.people(signal);
  const ids = new Set(list.assignments.map(({ employeeId }) => employeeId));
  return { changes: peopleChanges({ ...before, employees, knownThere, withRole: ids }), knownThere };
}

/** Answers with how many pipelines there are. */
export async function sendPipelines(
  { records, chat }: { readonly records: HostRecords; readonly chat: Chat },
  { signal }: Progress,
): Promise<number> {
  const pipelines = await records.pipelines(signal);
  signal.throwIfAborted();
  await chat.rememberPipelines(pipelines);
  return pipelines.length;
}

export type PeopleSent = {
  readonly sent: number;
  /** How many people the chat service knows now; `null` if nobody could tell. */
  readonly knownThere: number | null;
};

/** Names may have changed in the CRM: whoever has a role is sent anew. */
export async function sendPeople(
  chat: Chat,
  { employees, list }: Account,
  knownThere: readonly Person[] | null,
  { signal, report }: Progress,
): Promise<PeopleSent> {
  const people = withRole(employees, list.assignments);
  await chat.introduce(people, { signal, onProgress: done => report(done, people.length) });
  return {
    sent: people.length,
    knownThere: knownThere && new Set([...knownThere, ...people].map(({ id }) => id)).size,
  };
}
