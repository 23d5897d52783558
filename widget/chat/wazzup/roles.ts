/**
 * The list of roles in Wazzup's own format, and its conversion to ours. The service replaces the whole list on each
 * write, so everything that this version does not understand is written back unchanged: rows with unknown words or
 * missing fields, unknown fields of rows, and unknown fields next to the rows. The format is the one that independent
 * clients of the service use (unverified). Caution: its `manager` is our supervisor; what its interface calls
 * «Менеджер» is its `seller`.
 */
import { check, is, nullish, optional, picklist, pipe, safeParse, transform, unknown } from 'valibot';
import { sameAssignment, seatKey, type Assignment } from '../../../domain/assignment.ts';
import type { Role } from '../../../domain/role.ts';
import type { Answer } from '../../http/client.ts';
import { Failure } from '../../http/failure.ts';
import { id } from '../../http/fields.ts';
import { envelope } from '../../http/listed.ts';
import { object } from '../../http/object.ts';
import type { RoleList } from '../chat.ts';

const WIRE_ROLES = ['seller', 'manager', 'auditor'] as const;
type WireRole = (typeof WIRE_ROLES)[number];

const ROLE_OF: Readonly<Record<WireRole, Role>> = {
  seller: 'seller',
  manager: 'supervisor',
  auditor: 'auditor',
};
const WIRE_ROLE_OF: Readonly<Record<Role, WireRole>> = {
  seller: 'seller',
  supervisor: 'manager',
  auditor: 'auditor',
};

const rowShape = object({
  channelId: id,
  userId: id,
  role: picklist(WIRE_ROLES),
  allowGetNewClients: optional(unknown()),
});
const seatShape = object({ channelId: id, userId: id });
/** A missing list is empty. A value that is not a list could not be written back, so reading fails then. */
const settingsShape = envelope({
  pushInputOutputMessageEventsForManagers: optional(unknown()),
  userRoles: nullish(
    pipe(
      unknown(),
      check(list => Array.isArray(list)),
    ),
  ),
});

type Row = {
  readonly asRead: unknown;
  /** `null` if the row lacks the employee or the channel. */
  readonly seat: string | null;
  /** `null` if not understood; no one is shown as having this role. */
  readonly assignment: Assignment | null;
};

/** The complete answer of the service. Only this file reads it. */
class SettingsAsRead {
  readonly fields: object;
  readonly rows: readonly Row[];
  readonly notifySupervisors: boolean;
  /** Assignments by seat. */
  readonly assignments: ReadonlyMap<string, Assignment>;

  constructor(fields: object) {
    const rows: unknown = Reflect.get(fields, 'userRoles');
    this.fields = fields;
    this.rows = Array.isArray(rows) ? rows.map(rowFrom) : [];
    this.notifySupervisors = Reflect.get(fields, 'pushInputOutputMessageEventsForManagers') === true;
    this.assignments = assignmentsIn(this.rows);
  }
}

function rowFrom(asRead: unknown): Row {
  const read = safeParse(rowShape, asRead);
  if (read.success) {
    const { channelId, userId: employeeId, role, allowGetNewClients } = read.output;
    const receivesNewClients = allowGetNewClients === true;
    const assignment = { channelId, employeeId, role: ROLE_OF[role], receivesNewClients };
    return { asRead, seat: seatKey(assignment), assignment };
  }
  const { success, output } = safeParse(seatShape, asRead);
  const seat = success ? seatKey({ channelId: output.channelId, employeeId: output.userId }) : null;
  return { asRead, seat, assignment: null };
}

/** Ordered from the narrowest access to the widest. */
const NARROWEST_FIRST: readonly Role[] = ['seller', 'auditor', 'supervisor'];

/**
 * A seat that is listed twice gets the narrower of its roles, so no one is shown or saved with more access than
 * intended.
 */
function assignmentsIn(rows: readonly Row[]): ReadonlyMap<string, Assignment> {
  const widthOf = ({ role, receivesNewClients }: Assignment): number =>
    NARROWEST_FIRST.indexOf(role) * 2 + Number(receivesNewClients);
  const bySeat = new Map<string, Assignment>();
  for (const { seat, assignment } of rows) {
    if (seat === null || assignment === null) continue;
    const other = bySeat.get(seat);
    if (!other || widthOf(assignment) < widthOf(other)) bySeat.set(seat, assignment);
  }
  return bySeat;
}

export const settings = pipe(
  unknown(),
  transform(answer => answer ?? {}),
  check(answer => is(settingsShape, answer)),
  transform(answer => new SettingsAsRead(typeof answer === 'object' ? { ...answer } : {})),
);

/** Converts an answer to a role list; the only place that makes one. */
export function roleListFrom({ value, header }: Answer<SettingsAsRead>): RoleList {
  const version = header('etag');
  if (!value || version === null) throw new Failure('unreadable', 'chat');
  return {
    assignments: [...value.assignments.values()],
    notifySupervisors: value.notifySupervisors,
    version,
    writable: (header('allow') ?? '').includes('PATCH'),
    notUnderstood: value.rows.filter(({ assignment }) => assignment === null).length,
    asRead: value,
  };
}

/**
 * Builds the list to write. Unchanged seats keep their rows as they are; a changed role replaces all rows of its seat.
 * Each seat is written once. Rows that are not understood and not touched are kept.
 */
export function settingsTo({
  assignments,
  notifySupervisors,
  asRead,
}: Pick<RoleList, 'assignments' | 'notifySupervisors' | 'asRead'>): object {
  const before = asRead instanceof SettingsAsRead ? asRead : new SettingsAsRead({});
  const wanted = new Map(assignments.map(one => [seatKey(one), one]));
  const isChanged = (want: Assignment): boolean =>
    !sameAssignment(want, before.assignments.get(seatKey(want)));
  const written = new Set<string>();
  const rowAt = new Map<string, unknown>();
  const kept = before.rows.flatMap(({ asRead, seat, assignment }) => {
    const want = wanted.get(seat ?? '');
    if (seat === null || assignment === null) return want && isChanged(want) ? [] : [asRead];
    rowAt.set(seat, asRead);
    // The row that counts, if a seat is listed twice.
    const isKept = want && !isChanged(want) && !written.has(seat) && sameAssignment(want, assignment);
    if (isKept) written.add(seat);
    return isKept ? [asRead] : [];
  });
  const changed = [...wanted].flatMap(([seat, want]) => {
    const { channelId, employeeId: userId } = want;
    return isChanged(want) ? [{ ...Object(rowAt.get(seat) ?? { channelId, userId }), ...roleTo(want) }] : [];
  });
  return {
    ...before.fields,
    ...(notifySupervisors === before.notifySupervisors
      ? {}
      : { pushInputOutputMessageEventsForManagers: notifySupervisors }),
    userRoles: [...kept, ...changed],
  };
}

const roleTo = ({ role, receivesNewClients }: Assignment): object => ({
  role: WIRE_ROLE_OF[role],
  allowGetNewClients: receivesNewClients,
});
