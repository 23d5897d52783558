/** A company's persons. Each always has an owner. */
import type { Clock } from '../clock.ts';
import type { Actor, Changes } from './changes.ts';
import { createItems, type Item, type ItemRefusal, type Items, type Shared } from './items.ts';
import { everybody } from './plans.ts';

/** A phone or an address as typed; nothing is normalised. */
export type Labelled = { readonly value: string; readonly primary: boolean; readonly label: string };

export type Person = Item & {
  name: string;
  phones: readonly Labelled[];
  emails: readonly Labelled[];
  orgId: number | null;
  labelIds: readonly number[];
};

export type PersonChange = Partial<
  Pick<Person, 'name' | 'ownerId' | 'phones' | 'emails' | 'orgId' | 'visibleTo' | 'labelIds' | 'followers'>
>;
type PersonDraft = Partial<Pick<Person, 'visibleTo' | 'followers' | 'emails'>> & {
  readonly name: string;
  readonly phones?: readonly string[];
  readonly ownerId: number;
};

export type Persons = {
  readonly persons: Map<number, Person>;
  readonly personFor: (userId: number, id: number) => Person | ItemRefusal;
  /** By default, added by its owner. */
  readonly addPerson: (draft: PersonDraft, actor?: Actor) => Person;
  readonly changePerson: (actor: Actor, id: number, change: PersonChange) => Person | ItemRefusal;
  readonly assignPerson: (actorId: number, id: number, toId: number) => Person | ItemRefusal;
  /** In the CRM's list, all at once. */
  readonly assignPersons: (actorId: number, ids: readonly number[], toId: number) => void;
  readonly deletePerson: (actorId: number, id: number) => Person | ItemRefusal;
  /** The lost person is deleted, and the kept one gets its phones too. */
  readonly mergePersons: (actorId: number, lostId: number, keptId: number) => void;
};

export const labelled = (values: readonly string[], label = 'work'): Labelled[] =>
  values.map((value, at) => ({ value, primary: at === 0, label }));

const listed = (values: readonly Labelled[]): string | null =>
  values.length > 0 ? values.map(({ value }) => value).join(', ') : null;

export function createPersons(
  clock: Clock,
  shared: Shared,
  { tell, nextId }: { readonly tell: Changes['tell']; readonly nextId: () => number },
): Persons {
  const items: Items<Person> = createItems<Person>(clock, shared, {
    kind: 'person',
    fields: one => ({
      name: one.name,
      owner_id: one.ownerId,
      visible_to: one.visibleTo,
      org_id: one.orgId,
      phone: listed(one.phones),
      email: listed(one.emails),
    }),
    tell: (actor, action, before, record) => tell({ entity: 'person', action, before, record, actor }),
  });

  return {
    persons: items.all,
    personFor: items.find,
    addPerson({ name, phones = [], ownerId, ...more }, actor = { userId: ownerId }) {
      const now = clock.now();
      const record: Person = {
        id: nextId(),
        name,
        ownerId,
        followers: [],
        visibleTo: everybody(shared.plan()),
        phones: labelled(phones),
        emails: [],
        orgId: null,
        labelIds: [],
        addTime: now,
        updateTime: now,
        isDeleted: false,
        ...more,
      };
      items.all.set(record.id, record);
      tell({ entity: 'person', action: 'create', record, actor });
      return record;
    },
    changePerson: items.change,
    assignPerson: (userId, id, ownerId) => items.change({ userId }, id, { ownerId }),
    assignPersons(userId, ids, ownerId) {
      for (const id of ids) items.change({ userId, isBulk: true }, id, { ownerId });
    },
    deletePerson: (userId, id) => items.remove({ userId }, id),
    mergePersons(userId, lostId, keptId) {
      const [lost, kept] = [items.all.get(lostId), items.all.get(keptId)];
      if (!lost || !kept) throw new Error(`Persons ${lostId} and ${keptId} are not both there`);
      const actor = { userId };
      const before = structuredClone(lost);
      Object.assign(lost, { isDeleted: true, updateTime: clock.now() });
      tell({ entity: 'person', action: 'delete', before, record: lost, actor, mergedTo: keptId });
      const keptBefore = structuredClone(kept);
      const phones = [
        ...kept.phones,
        ...lost.phones.map(({ value, label }) => ({ value, label, primary: false })),
      ];
      Object.assign(kept, { phones, updateTime: clock.now() });
      tell({
        entity: 'person',
        action: 'change',
        before: keptBefore,
        record: kept,
        actor,
        mergedFrom: lostId,
      });
    },
  };
}
