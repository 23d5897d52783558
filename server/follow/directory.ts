/** Tells the chat service of the company itself what the CRM says now: pipelines, and the names of employees with a role. */
import { personTold, type ChatDirectory } from '../chat/wazzup/directory.ts';
import { rolesIn } from '../chat/wazzup/roles.ts';
import type { CrmLists, CrmUser } from '../crm/lists.ts';

/** Answers with how many pipelines there are. */
export async function tellPipelines(chat: ChatDirectory, lists: CrmLists): Promise<number> {
  const pipelines = await lists.pipelines();
  await chat.tellPipelines(pipelines);
  return pipelines.length;
}

/** Sends the names that differ. Whoever has a role and is no employee any more keeps the name that they had. */
export async function tellPeople(
  chat: ChatDirectory,
  users: readonly CrmUser[],
  /** As the chat service keeps them; null where it does not tell us: then nobody is known to have one. */
  roles: unknown,
): Promise<{ readonly told: number; readonly known: number }> {
  const there = await chat.people();
  const withRole = new Set([...rolesIn(roles).seats.values()].map(({ employeeId }) => employeeId));
  const nameThere = new Map(there.map(({ id, name }) => [id, name]));
  const people = users.filter(({ id }) => withRole.has(id)).map(({ id, name }) => personTold({ id, name }));
  await chat.tellPeople(people.filter(({ id, name }) => nameThere.get(id) !== name));
  const known = new Set([...nameThere.keys(), ...people.map(({ id }) => id)]).size;
  return { told: people.length, known };
}
