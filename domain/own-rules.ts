/**
 * The admin's rules inside the string of own settings: how clients are claimed, which role a new employee gets, and
 * which channel people use to write first. Kept apart from own-settings.ts, because every card loads that file.
 * Reading never fails: a field that is missing, damaged or from a later version counts as not set.
 */
import { answeringChannels, onSeveralChannels } from './answering.ts';
import type { Assignment } from './assignment.ts';
import type { Employee } from './employee.ts';
import { fieldsOf, storedFields } from './own-settings.ts';
import { ROLES, mayAnswer, type Role } from './role.ts';

export const FROM_COLLEAGUE = ['never', 'with-reason', 'freely'] as const;
export const DEALS = ['ask', 'always', 'never'] as const;

export type ClaimRules = {
  /** Whether a seller may take a colleague's client. */
  readonly fromColleague: (typeof FROM_COLLEAGUE)[number];
  /** Supervisors may take any client, regardless of the rule for sellers. */
  readonly supervisorsFreely: boolean;
  /** Whether the client's open deals get the new owner too. */
  readonly deals: (typeof DEALS)[number];
  /** Whether a claim leaves a note in the contact's feed. */
  readonly note: boolean;
  /** Whether a claim leaves a task for the client's previous owner. */
  readonly task: boolean;
};

/** Ids to ids or roles. A map, because an id may be any word, including `__proto__`. */
type ById<T> = ReadonlyMap<string, T>;

export type OwnRules = {
  readonly claims: ClaimRules;
  /** The role proposed for a new employee, by group id. */
  readonly newcomers: ById<Role>;
  /**
   * The channel for a first message from an employee who answers on several channels. A personal choice takes
   * precedence over the group's.
   */
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

/** The role to propose for a new employee of the group; `null` for none. */
export const newcomerRole = (rules: OwnRules, groupId: string): Role | null =>
  rules.newcomers.get(groupId) ?? null;

/**
 * The channel on which this employee writes first, among those where they may answer. A choice of any other channel is
 * ignored. `null` if they have no channel, or several and no choice was made.
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

/** Active employees who may answer on several channels and have no chosen channel for first messages. */
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
