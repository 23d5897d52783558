/**
 * What a change changed, thing by thing, as the history shows it: short even when the list behind it is long. It contains ids
 * and the words of domain/; a page adds names and sentences.
 */
import { seatKey, type Assignment } from '../../domain/assignment.ts';
import { readOwnRules } from '../../domain/own-rules.ts';
import { readOwnSettings } from '../../domain/own-settings.ts';
import { rolesIn } from '../chat/wazzup/roles.ts';

export type Line = {
  readonly thing: string;
  /** The ids of the person, channel or group that it is about. */
  readonly person?: string;
  readonly channel?: string;
  readonly group?: string;
  readonly before: string;
  readonly after: string;
};

export type Difference = {
  readonly lines: readonly Line[];
  /** How many further lines were cut off. */
  readonly more: number;
};

const MOST_LINES = 500;

export function differenceOf(what: string, before: unknown, after: unknown): Difference {
  const lines = linesOf(what, before, after).filter(line => line.before !== line.after);
  return { lines: lines.slice(0, MOST_LINES), more: Math.max(lines.length - MOST_LINES, 0) };
}

function linesOf(what: string, before: unknown, after: unknown): readonly Line[] {
  switch (what) {
    case 'roles':
      return roleLines(before, after);
    case 'own-settings':
      return ownLines(JSON.stringify(before), JSON.stringify(after));
    case 'chat-connection':
      return [fromTo('connection', 'keyKind', before, after, 'disconnected')];
    case 'crm-grant':
      return [fromTo('grant', 'isGiven', before, after)];
    default:
      return [];
  }
}

function roleLines(before: unknown, after: unknown): readonly Line[] {
  const [was, is] = [rolesIn(before), rolesIn(after)];
  const receives = (seat: Assignment | undefined): string => word(seat?.receivesNewClients ?? false);
  return [
    ...[...new Map([...was.seats, ...is.seats]).values()].flatMap(seat => {
      const { employeeId: person, channelId: channel } = seat;
      const [had, has] = [was.seats.get(seatKey(seat)), is.seats.get(seatKey(seat))];
      const role = { thing: 'role', person, channel, before: word(had?.role), after: word(has?.role) };
      // An employee without a role receives no new clients.
      return has
        ? [role, { ...role, thing: 'newClients', before: receives(had), after: receives(has) }]
        : [role];
    }),
    { thing: 'notify', before: word(was.notifySupervisors), after: word(is.notifySupervisors) },
  ];
}

function ownLines(before: string, after: string): readonly Line[] {
  const [was, is] = [readOwnRules(before), readOwnRules(after)];
  const [owned, owns] = [before, after].map(text => new Set(readOwnSettings(text).standInOwners));
  const each = (
    thing: string,
    of: 'person' | 'group',
    one: ReadonlyMap<string, string>,
    other: ReadonlyMap<string, string>,
    nothing = 'unset',
  ): readonly Line[] =>
    [...new Map([...one, ...other]).keys()].map(id => ({
      thing,
      [of]: id,
      before: word(one.get(id), nothing),
      after: word(other.get(id), nothing),
    }));
  return [
    ...[...new Set([...(owned ?? []), ...(owns ?? [])])].map(person => ({
      thing: 'standIn',
      person,
      before: word(owned?.has(person)),
      after: word(owns?.has(person)),
    })),
    ...Object.entries(is.claims).map(([thing, rule]) => ({
      thing,
      before: word(Reflect.get(was.claims, thing)),
      after: word(rule),
    })),
    ...each('newcomers', 'group', was.newcomers, is.newcomers, 'none'),
    ...each('defaultChannel', 'group', was.channels.groups, is.channels.groups),
    ...each('defaultChannel', 'person', was.channels.people, is.channels.people),
  ];
}

function fromTo(thing: string, field: string, before: unknown, after: unknown, nothing?: string): Line {
  const wordIn = (value: unknown): string => word(Reflect.get(Object(value), field), nothing);
  return { thing, before: wordIn(before), after: wordIn(after) };
}

function word(value: unknown, nothing = 'none'): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' ? value : nothing;
}
