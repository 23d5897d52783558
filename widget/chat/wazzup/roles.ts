/**
 * The list of roles in Wazzup's own shape, and how it becomes ours. The service replaces the whole list at each write,
 * so whatever this version does not understand is written back as it was read: rows with unknown words or missing
 * fields, unknown fields of rows, and unknown fields beside the rows. The shape is the one that independent clients of
 * the service use (unverified).
 * Trap: its `manager` is our supervisor; what the interface calls «Менеджер» is its `seller`.
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
/** A missing list is empty. One that is no list could not be written back, so then nothing is read at all. */
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
  /** `null`: it does not say whose role it is, or where. */
  readonly seat: string | null;
  /** `null`: not understood, so nobody is shown as having this role. */
  readonly assignment: Assignment | null;
};

/** Everything that the service said. Nobody else looks into it. */
class SettingsAsRead {
  readonly fields: object;
  readonly rows: readonly Row[];
  readonly notifySupervisors: boolean;
  /** By seat. */
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

/** From who sees least to who sees and does most. */
const NARROWEST_FIRST: readonly Role[] = ['seller', 'auditor', 'supervisor'];

/** A seat that is listed twice holds the narrower of its roles: nobody is shown, or written back, as having more. */
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

/** The list that an answer holds; no other place makes one. */
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
 * The list to write. Seats that hold what was read keep their rows as they are; a role that is given replaces whatever
 * stands at its seat. Each seat is written once, besides rows that nobody has understood or touched.
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
    // Of a seat that is listed twice, the row that counts.
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
