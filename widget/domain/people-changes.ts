/**
 * What became of the people since roles were last looked at: the CRM's employees against those whom the chat service
 * knows. The chat service is sent only people with a role, so somebody unknown there is new only if this computer
 * has not seen him either.
 */
import type { Employee } from './employee.ts';

export type Person = { readonly id: string; readonly name: string };

/** The ids of all employees, group by group, as this computer last saw them. */
export type SeenPeople = readonly { readonly groupId: string; readonly ids: readonly string[] }[];

export type PeopleChanges = {
  /** Active, without a role, and known to nobody yet. */
  readonly appeared: readonly Person[];
  /** Have a role or are known to the chat service, and the CRM does not list them any more. */
  readonly gone: readonly Person[];
  /** Have a role, and the chat service knows them by another name. */
  readonly renamed: readonly { readonly id: string; readonly from: string; readonly to: string }[];
  /** In another group than this computer saw them in. */
  readonly moved: readonly { readonly id: string; readonly name: string; readonly group: string }[];
  readonly deactivatedWithRole: readonly Person[];
};

export function peopleChanges({
  employees,
  knownThere,
  withRole,
  standInOwners,
  seen,
}: {
  readonly employees: readonly Employee[];
  readonly knownThere: readonly Person[];
  /** Ids of everybody who has a role on any channel. */
  readonly withRole: ReadonlySet<string>;
  readonly standInOwners: readonly string[];
  /** `null` when this computer remembers nothing. */
  readonly seen: SeenPeople | null;
}): PeopleChanges {
  const known = new Map(knownThere.map(person => [person.id, person.name]));
  const present = new Set(employees.map(({ id }) => id));
  const groupBefore = new Map(
    (seen ?? []).flatMap(({ groupId, ids }) => ids.map(id => [id, groupId] as const)),
  );
  const isNew = ({ id, active, free }: Employee): boolean =>
    active &&
    !free &&
    !known.has(id) &&
    !withRole.has(id) &&
    !groupBefore.has(id) &&
    !standInOwners.includes(id);
  return {
    appeared: employees.filter(isNew).map(personOf),
    gone: [...new Set([...known.keys(), ...withRole])]
      .filter(id => !present.has(id))
      .map(id => ({ id, name: known.get(id) ?? id })),
    renamed: employees.flatMap(({ id, name }) => {
      const from = known.get(id);
      return from !== undefined && from !== name && withRole.has(id) ? [{ id, from, to: name }] : [];
    }),
    moved: employees.flatMap(({ id, name, group, groupId }) => {
      const before = groupBefore.get(id);
      return before !== undefined && before !== groupId ? [{ id, name, group }] : [];
    }),
    deactivatedWithRole: employees.filter(one => !one.active && withRole.has(one.id)).map(personOf),
  };
}

/** What a computer has to keep to tell newcomers and moves the next time: ids and nothing else. */
export function peopleSeen(employees: readonly Employee[]): SeenPeople {
  const groups = new Map<string, string[]>();
  for (const { id, groupId } of employees) {
    const group = groups.get(groupId);
    if (group) group.push(id);
    else groups.set(groupId, [id]);
  }
  return [...groups].map(([groupId, ids]) => ({ groupId, ids }));
}

const personOf = ({ id, name }: Employee): Person => ({ id, name });
