/** Finds the rows that match a search and all filters. */
import { matcherOf } from '../../../../domain/directory.ts';
import type { Role } from '../../../../domain/role.ts';
import { assignmentsOf, type Draft } from './draft.ts';
import type { Row } from './rows.ts';

/** `unassigned`: an active employee without a role on any channel. `changed`: has unsaved edits on any channel. */
export const TRAITS = ['newcomer', 'unassigned', 'changed', 'deactivated'] as const;
export type Trait = (typeof TRAITS)[number];

export type Filters = {
  /** A role on one of the shown channels; `none` for no role on any of them. */
  readonly role: Role | 'none' | 'any';
  /** A group's id. */
  readonly group: { readonly id: string } | 'any';
  readonly traits: ReadonlySet<Trait>;
};

export const NO_FILTERS: Filters = { role: 'any', group: 'any', traits: new Set() };

/** Roles collected once per search, because reading the draft for every seat of ten thousand people is slow. */
export type Held = {
  /** Roles by employee on the shown channels. */
  readonly shown: ReadonlyMap<string, readonly Role[]>;
  /** Ids of people with a role on any channel of the dialog. */
  readonly anywhere: ReadonlySet<string>;
  /** Ids of people with unsaved edits. */
  readonly edited: ReadonlySet<string>;
};

export function heldIn(
  draft: Draft,
  shownChannelIds: readonly string[],
  channelIds: readonly string[],
): Held {
  const shown = new Map<string, Role[]>();
  const anywhere = new Set<string>();
  for (const { channelId, employeeId, role } of assignmentsOf(draft)) {
    if (channelIds.includes(channelId)) anywhere.add(employeeId);
    if (!shownChannelIds.includes(channelId)) continue;
    const roles = shown.get(employeeId);
    if (roles) roles.push(role);
    else shown.set(employeeId, [role]);
  }
  return { shown, anywhere, edited: new Set(Array.from(draft.edits.values(), edit => edit.employeeId)) };
}

export const countOf = ({ role, group, traits }: Filters): number =>
  Number(role !== 'any') + Number(group !== 'any') + traits.size;

/** In the order of `rows`. */
export function foundAmong(
  rows: readonly Row[],
  { typed, filters }: { readonly typed: string; readonly filters: Filters },
  held: Held,
): readonly Row[] {
  const tests: ((row: Row) => boolean)[] = [...filters.traits].map(trait => row => has(trait, row, held));
  const { role, group } = filters;
  if (group !== 'any') {
    tests.push(({ employee, kind }) => kind !== 'stranger' && employee.groupId === group.id);
  }
  if (role !== 'any') tests.push(({ employee }) => holds(role, employee.id, held));
  if (typed.trim() !== '') {
    const matches = matcherOf(typed);
    tests.push(({ text }) => matches(text));
  }
  return tests.length === 0 ? rows : rows.filter(row => tests.every(passes => passes(row)));
}

function holds(role: Role | 'none', employeeId: string, { shown }: Held): boolean {
  const roles = shown.get(employeeId);
  return role === 'none' ? roles === undefined : roles?.includes(role) === true;
}

function has(trait: Trait, { employee, kind, isStaff }: Row, { anywhere, edited }: Held): boolean {
  switch (trait) {
    case 'newcomer':
      return kind === 'newcomer';
    case 'deactivated':
      return kind !== 'stranger' && !employee.active;
    case 'unassigned':
      return isStaff && !anywhere.has(employee.id);
    case 'changed':
      return edited.has(employee.id);
  }
}
