/**
 * What persons and deals have in common: every change is made with the rights of its actor, and each changed field is
 * logged.
 */
import type { Clock } from '../clock.ts';
import type { Actor } from './changes.ts';
import type { Changelog, FieldValue } from './changelog.ts';
import type { PipedriveOddities } from './oddities.ts';
import type { ItemKind, ItemRights, Owned } from './rights.ts';
import { TERMS, type Plan } from './plans.ts';
import type { User } from './users.ts';

export type ItemRefusal =
  | 'not-found'
  | 'hidden'
  | 'may-not-edit'
  | 'may-not-change-owner'
  | 'no-such-user'
  | 'no-such-visibility';

export type Item = Owned & {
  readonly id: number;
  ownerId: number;
  followers: readonly number[];
  visibleTo: number;
  /** Milliseconds. */
  readonly addTime: number;
  updateTime: number;
  isDeleted: boolean;
};

export type Items<T extends Item> = {
  readonly all: Map<number, T>;
  /** The item as shown to the user, including deleted ones. */
  readonly find: (userId: number, id: number) => T | ItemRefusal;
  readonly change: (actor: Actor, id: number, change: Partial<T>) => T | ItemRefusal;
  readonly remove: (actor: Actor, id: number) => T | ItemRefusal;
  /** Writes without checking rights. */
  readonly write: (actor: Actor, record: T, change: Partial<T>) => T;
};

export type Shared = {
  readonly plan: () => Plan;
  readonly users: ReadonlyMap<number, User>;
  readonly rights: ItemRights;
  readonly changelog: Changelog;
  readonly oddities: PipedriveOddities;
};

type Kind<T extends Item> = {
  readonly kind: ItemKind;
  /** The fields that the changelog tracks, in its format. */
  readonly fields: (record: T) => Readonly<Record<string, FieldValue>>;
  readonly tell: (actor: Actor, action: 'change' | 'delete', before: T, record: T) => void;
};

export function createItems<T extends Item>(
  clock: Clock,
  shared: Shared,
  { kind, fields, tell }: Kind<T>,
): Items<T> {
  const { users, rights, changelog, oddities } = shared;
  const all = new Map<number, T>();

  const isOwner = (id: number): boolean => {
    const user = users.get(id);
    return user !== undefined && !user.isDeleted && (user.isActive || oddities.inactiveOwner === 'taken');
  };
  const refusal = (userId: number, record: T, change: Partial<T>): ItemRefusal | undefined => {
    const { ownerId = record.ownerId, visibleTo = record.visibleTo } = change;
    if (ownerId !== record.ownerId && !rights.mayGiveAway(userId, record)) return 'may-not-change-owner';
    if (!rights.mayEdit(userId, kind, record)) return 'may-not-edit';
    if (ownerId !== record.ownerId && !isOwner(ownerId)) return 'no-such-user';
    return TERMS[shared.plan()].visibility.includes(visibleTo) ? undefined : 'no-such-visibility';
  };

  const items: Items<T> = {
    all,
    find(userId, id) {
      const record = all.get(id);
      if (!record) return 'not-found';
      return rights.sees(userId, record) ? record : 'hidden';
    },
    change(actor, id, change) {
      const record = items.find(actor.userId, id);
      if (typeof record === 'string') return record;
      if (record.isDeleted) return 'not-found';
      return refusal(actor.userId, record, change) ?? items.write(actor, record, change);
    },
    remove(actor, id) {
      const record = items.find(actor.userId, id);
      if (typeof record === 'string') return record;
      if (record.isDeleted) return 'not-found';
      const before = structuredClone(record);
      if (!rights.mayEdit(actor.userId, kind, record)) return 'may-not-edit';
      Object.assign(record, { isDeleted: true, updateTime: clock.now() });
      tell(actor, 'delete', before, record);
      return record;
    },
    write(actor, record, change) {
      const before = structuredClone(record);
      const [was, is] = [fields(before), fields({ ...record, ...change })];
      const changed = Object.keys(is).filter(key => is[key] !== was[key]);
      if (changed.length === 0 && sameAs(before, change)) return record;
      Object.assign(record, change, { updateTime: clock.now() });
      for (const fieldKey of changed) {
        const values = { before: was[fieldKey] ?? null, after: is[fieldKey] ?? null };
        changelog.record({ kind, itemId: record.id, fieldKey, ...values, actor });
      }
      tell(actor, 'change', before, record);
      return record;
    },
  };
  return items;
}

/** Sending the same values again leaves no trace. */
const sameAs = (record: object, change: object): boolean =>
  JSON.stringify(record) === JSON.stringify({ ...record, ...change });
