/**
 * The roles as the service stores them: one list that every write replaces as a whole. Two admins who save at the same time
 * would overwrite each other's rows, so a write has to name, by ETag, the list that it is based on.
 */
import * as v from 'valibot';
import { bodyOf, boundedJson, LARGE_BYTES } from '../http/body.ts';
import type { Caller } from '../caller.ts';
import type { Asking, Within } from './config.ts';
import { Refused, refusal } from '../http/refusal.ts';
import type { RolesAsked } from '../connections/partner-roles.ts';
import { ask } from './service.ts';
import { canonical } from '../store/same-value.ts';

/**
 * Rows, roles and fields that the gateway does not know pass through unchanged in both directions, because the service judges
 * them. A missing list counts as empty. An answer with unknown fields only is not a settings answer.
 */
const read = v.pipe(
  v.unknown(),
  v.transform(answer => answer ?? {}),
  v.object({
    userRoles: v.nullish(v.array(v.unknown()), []),
    pushInputOutputMessageEventsForManagers: v.optional(v.unknown()),
  }),
);
const FIELDS = new Set(['userRoles', 'pushInputOutputMessageEventsForManagers']);
/** A write without the list could be taken for an empty list, so the list is required here. */
const written = v.object({ userRoles: v.array(v.unknown()) });
/** The parts of a row that the gateway itself reads. */
const rowOfEmployee = v.object({ userId: v.union([v.string(), v.number()]) });
const userRole = v.object({
  ...rowOfEmployee.entries,
  role: v.picklist(['seller', 'manager']),
});

type Settings = {
  /** The settings as the service stores them. */
  readonly value: unknown;
  readonly rows: readonly unknown[];
  readonly etag: string;
};

/** The `Allow` header says whether this employee may write here with this key. */
export async function readSettings(
  config: Within,
  { account }: Caller,
  mayWrite: boolean,
): Promise<Response> {
  const allow = mayWrite && config.wazzup.keyKind === 'partner' ? 'GET, PATCH' : 'GET';
  const settings = await current(config);
  if (mayWrite) await lookBack(config, account, settings);
  return listed(settings, allow);
}

/**
 * Answers with the list read back, or with 412 and the current list when it is not the expected one. After the list was sent, a
 * failed reading is reported as WRITTEN_UNKNOWN or another 5xx, never as a refusal of the write. Every write that was started
 * is in the history.
 */
export async function writeSettings(request: Request, config: Within, caller: Caller): Promise<Response> {
  if (config.wazzup.keyKind !== 'partner') throw new Refused('ROLES_READ_ONLY');
  const expected = request.headers.get('If-Match');
  if (expected === null) throw new Refused('PRECONDITION_REQUIRED');
  const asked = await bodyOf(request, v.unknown(), LARGE_BYTES);
  if (!v.is(written, asked)) throw new Refused('BODY_INVALID');
  return inTurn(config, caller, async isMine => {
    const before = await current(config);
    if (before.etag !== strong(expected)) return stale(before);
    const { account, employeeId } = caller;
    await lookBack(config, account, before);
    const settle = await config.history.intend({
      account,
      employeeId,
      origin: request.headers.get('Origin'),
      what: 'roles',
      before: before.value,
      after: asked,
    });
    if (config.patience.aborted || !(await isMine())) {
      await settle('refused');
      throw new Refused('NOT_WRITTEN');
    }
    const sent = await askRoles(config, { method: 'PATCH', body: JSON.stringify(asked) });
    if (!sent.ok && sent.status < 500) {
      await settle('refused').catch(() => undefined);
      return sent;
    }
    const after = await current(config).catch(() => null);
    // A write whose answer was lost has succeeded when the list reads as it was sent.
    const hasWorked = after !== null && (sent.ok || after.etag === (await etagOf(asked)));
    // With an unknown outcome the history keeps what was asked for, so that later readings are compared with it.
    await settle(hasWorked ? 'accepted' : 'unknown', hasWorked ? after.value : undefined).catch(
      () => undefined,
    );
    if (hasWorked) return listed(after, 'GET, PATCH');
    return sent.ok ? refusal('WRITTEN_UNKNOWN') : sent;
  });
}

/**
 * Waits for other writes no longer than the page waits: a write that comes too late is not started. Neither is a write without
 * a lease or a row in the history.
 */
async function inTurn(
  { withLease, patience }: Within,
  { account }: Caller,
  write: (isMine: () => Promise<boolean>) => Promise<Response>,
): Promise<Response> {
  try {
    return await withLease(`settings ${account.crm} ${account.id}`, write, patience);
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused(error === patience.reason ? 'NOT_WRITTEN' : 'DATABASE_DOWN');
  }
}

/** The current list settles earlier writes whose outcome was unknown. A failure of this does not affect the answer. */
const lookBack = ({ history }: Within, account: Caller['account'], { value }: Settings): Promise<void> =>
  history.readBack(account, 'roles', value).catch(() => undefined);

const listed = ({ value, etag }: Settings, allow: string): Response =>
  Response.json(value, { headers: { ETag: etag, Allow: allow } });

/** Whether the employee has any role on some channel, including roles that the gateway does not know. */
export async function holdsRole(employeeId: string, config: Within): Promise<boolean> {
  const { rows } = await current(config);
  return rows.some(row => v.is(rowOfEmployee, row) && String(row.userId) === employeeId);
}

/** Whether the employee is a seller or a supervisor (the service says `manager`) on some channel. */
export async function mayAnswerClients(employeeId: string, config: Asking): Promise<boolean> {
  const { rows } = await current(config);
  return rows.some(row => v.is(userRole, row) && String(row.userId) === employeeId);
}

/** The roles as the service stores them. Throws `Refused` with any other answer of the service. */
export const rolesNow = async (config: Asking): Promise<unknown> => (await current(config)).value;

/** Uses the partner API where the account allows it, and the account's key otherwise. */
async function askRoles(config: Asking, asked: RolesAsked): Promise<Response> {
  const through = await config.wazzup.roles?.(asked, config.patience);
  return through ?? ask(config, { ...asked, path: '/settings' });
}

async function current(config: Asking): Promise<Settings> {
  const answer = await askRoles(config, { method: 'GET' });
  if (!answer.ok) throw new Refused(answer);
  const text = await answer.text();
  const json = v.safeParse(boundedJson, text);
  const { success, output } = v.safeParse(read, json.output);
  if (!json.success || !success || !isKnown(json.output)) throw new Refused('SERVICE_UNREADABLE');
  const value: unknown = json.output ?? {};
  return { value, rows: output.userRoles, etag: await etagOf(value) };
}

/** Uses Web Crypto, because the gateway also runs without Node. */
async function etagOf(value: unknown): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonical(value)));
  return `"${Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0')).join('')}"`;
}

function isKnown(answer: unknown): boolean {
  const fields = Object.keys(Object(answer));
  return fields.length === 0 || fields.some(field => FIELDS.has(field));
}

/** A proxy that compresses answers marks their ETags as weak, although the list is the same. */
const strong = (etag: string): string => etag.replace(/^W\//, '');

function stale({ value, etag }: Settings): Response {
  const answer = refusal('STALE', { current: value });
  answer.headers.set('ETag', etag);
  return answer;
}
