/** Sends the chat service what the CRM says of the company itself: pipelines, and the names of employees with a role. */
import { personTold, type ChatDirectory } from '../chat/wazzup/directory.ts';
import { rolesIn } from '../chat/wazzup/roles.ts';
import type { CrmLists, CrmUser } from '../crm/lists.ts';

/** Returns how many pipelines there are. */
export async function sendPipelines(chat: ChatDirectory, lists: CrmLists): Promise<number> {
  const pipelines = await lists.pipelines();
  await chat.tellPipelines(pipelines);
  return pipelines.length;
}

/** Sends the names that differ. People with a role who have left the company keep their name. */
export async function sendPeople(
  chat: ChatDirectory,
  users: readonly CrmUser[],
  /** The roles in the chat service. Null if it does not say; then no employee is known to have a role. */
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
