/**
 * The admin's rules inside the string of own settings: how clients are taken, which role a newcomer gets, and
 * through which channel people write first. Apart from own-settings.ts, because every card loads that one.
 *
 * Reading never fails: what is missing, damaged or of a later version counts as not set, each field for itself.
 */
import { answeringChannels, onSeveralChannels } from './answering.ts';
import type { Assignment } from './assignment.ts';
import type { Employee } from './employee.ts';
import { fieldsOf, storedFields } from './own-settings.ts';
import { ROLES, mayAnswer, type Role } from './role.ts';

export const FROM_COLLEAGUE = ['never', 'with-reason', 'freely'] as const;
export const DEALS = ['ask', 'always', 'never'] as const;

export type ClaimRules = {
  /** Whether a seller may take a client whom a colleague works with. */
  readonly fromColleague: (typeof FROM_COLLEAGUE)[number];
  /** Supervisors may take any client, whatever holds for sellers. */
  readonly supervisorsFreely: boolean;
  /** Whether the client's open deals get the new responsible too. */
  readonly deals: (typeof DEALS)[number];
  /** Whether a claim leaves a note in the contact's feed. */
  readonly note: boolean;
  /** Whether a claim leaves a task to the colleague whose client it was. */
  readonly task: boolean;
};

/** Ids to ids or roles. A map, because an id may be any word, `__proto__` too. */
type ById<T> = ReadonlyMap<string, T>;

export type OwnRules = {
  readonly claims: ClaimRules;
  /** The role that is proposed for a new employee, by their group. */
  readonly newcomers: ById<Role>;
  /** The channel that is used when somebody on several channels writes first. A person's own goes before their group's. */
  readonly channels: { readonly groups: ById<string>; readonly people: ById<string> };
};

export const CLAIM_DEFAULTS: ClaimRules = {
  fromColleague: 'never',
  supervisorsFreely: true,
  deals: 'ask',
  note: true,
  task: false,
};

export function readOwnRules(text: string): OwnRules {
  const { claims, newcomers, channels } = fieldsOf(storedFields(text));
  const { fromColleague, supervisorsFreely, deals, note, task } = fieldsOf(claims);
  const { groups, people } = fieldsOf(channels);
  return {
    claims: {
      fromColleague: oneOf(FROM_COLLEAGUE, fromColleague) ?? CLAIM_DEFAULTS.fromColleague,
      supervisorsFreely: oneOf([true, false], supervisorsFreely) ?? CLAIM_DEFAULTS.supervisorsFreely,
      deals: oneOf(DEALS, deals) ?? CLAIM_DEFAULTS.deals,
      note: oneOf([true, false], note) ?? CLAIM_DEFAULTS.note,
      task: oneOf([true, false], task) ?? CLAIM_DEFAULTS.task,
    },
    newcomers: readById(newcomers, asRole),
    channels: { groups: readById(groups, asId), people: readById(people, asId) },
  };
}

/** `null`: nothing is proposed. */
export const newcomerRole = (rules: OwnRules, groupId: string): Role | null =>
  rules.newcomers.get(groupId) ?? null;

/**
 * The channel through which this employee writes first, among those where they may answer. A choice that names
 * another one does not count. `null` when they have several and nobody chose, or none at all.
 */
export function defaultChannel(
  rules: OwnRules,
  employee: Pick<Employee, 'id' | 'groupId'>,
  assignments: readonly Assignment[],
): string | null {
  const answersOn = assignments
    .filter(one => one.employeeId === employee.id && mayAnswer(one.role))
    .map(one => one.channelId);
  return defaultAmong(answersOn, rules, employee);
}

function defaultAmong(
  answersOn: readonly string[],
  { channels }: OwnRules,
  employee: Pick<Employee, 'id' | 'groupId'>,
): string | null {
  const [first, second] = answersOn;
  if (first !== undefined && second === undefined) return first;
  const chosen = [channels.people.get(employee.id), channels.groups.get(employee.groupId)];
  return chosen.find(id => id !== undefined && answersOn.includes(id)) ?? null;
}

/** Working people who may answer on several channels while nobody chose the one that they write first through. */
export function withoutDefaultChannel(
  rules: OwnRules,
  employees: readonly Employee[],
  assignments: readonly Assignment[],
): readonly Employee[] {
  const channels = answeringChannels(assignments);
  return onSeveralChannels(employees, channels).filter(
    employee => defaultAmong(channels.get(employee.id) ?? [], rules, employee) === null,
  );
}

const oneOf = <T>(known: readonly T[], value: unknown): T | undefined => known.find(one => one === value);
const asRole = (value: unknown): Role | undefined => oneOf(ROLES, value);
const asId = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const readById = <T>(stored: unknown, read: (value: unknown) => T | undefined): ById<T> =>
  new Map(
    Object.entries(fieldsOf(stored)).flatMap(([id, value]) => {
      const known = read(value);
      return known === undefined ? [] : [[id, known] as const];
    }),
  );
