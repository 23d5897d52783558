/**
 * The roles, as the service keeps them: one list that every write replaces whole. Two admins who save at
 * the same time would wipe each other's rows, so a write has to name, by ETag, the list that it is based on.
 */
import * as v from 'valibot';
import { bodyOf } from './body.ts';
import type { GatewayConfig } from './config.ts';
import { Refused, refusal } from './refusal.ts';
import { askToRead } from './service.ts';

/** Roles and fields that the gateway has never heard of go through untouched: the service judges them. */
const userRole = v.looseObject({
  channelId: v.pipe(v.string(), v.nonEmpty()),
  userId: v.pipe(v.string(), v.nonEmpty()),
  role: v.pipe(v.string(), v.nonEmpty()),
});
/** A write without the list could be taken for an empty one, so the list is not optional. */
const settings = v.looseObject({ userRoles: v.array(userRole) });

type Settings = { readonly value: v.InferOutput<typeof settings>; readonly etag: string };

/** `Allow` tells the page whether this employee may write here with this key. */
export async function readSettings(config: GatewayConfig, mayWrite: boolean): Promise<Response> {
  const { value, etag } = await current(config);
  const allow = mayWrite && config.wazzup.keyKind === 'partner' ? 'GET, PATCH' : 'GET';
  return Response.json(value, { headers: { ETag: etag, Allow: allow } });
}

/** Answers with the list read back, or 412 with the list that is there instead of the expected one. */
export async function writeSettings(request: Request, config: GatewayConfig): Promise<Response> {
  if (config.wazzup.keyKind !== 'partner') throw new Refused('ROLES_READ_ONLY');
  const expected = request.headers.get('If-Match');
  if (expected === null) throw new Refused('PRECONDITION_REQUIRED');
  const body = JSON.stringify(await bodyOf(request, settings));
  return config.exclusive(async () => {
    const before = await current(config);
    if (before.etag !== strong(expected)) return stale(before);
    await askToRead(config, { method: 'PATCH', path: '/settings', body });
    const after = await current(config);
    return Response.json(after.value, { headers: { ETag: after.etag } });
  });
}

/** Whether the employee is a seller or a supervisor (the service says `manager`) on some channel. */
export async function mayAnswerClients(employeeId: string, config: GatewayConfig): Promise<boolean> {
  const { value } = await current(config);
  return value.userRoles.some(
    one => one.userId === employeeId && (one.role === 'seller' || one.role === 'manager'),
  );
}

async function current(config: GatewayConfig): Promise<Settings> {
  const text = await askToRead(config, { method: 'GET', path: '/settings' });
  const { success, output } = v.safeParse(v.pipe(v.string(), v.parseJson(), settings), text);
  if (!success) throw new Refused('SERVICE_UNREADABLE');
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonical(output)));
  return { value: output, etag: `"${Array.from(new Uint8Array(digest), hexadecimal).join('')}"` };
}

/** Equal settings give equal text: neither the order of the rows nor that of the keys counts. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`);
  return `{${fields.sort().join()}}`;
}

const hexadecimal = (byte: number): string => byte.toString(16).padStart(2, '0');

/** A proxy that compresses answers marks their ETags as weak; the list is the same. */
const strong = (etag: string): string => etag.replace(/^W\//, '');

function stale({ value, etag }: Settings): Response {
  const answer = refusal('STALE', { current: value });
  answer.headers.set('ETag', etag);
  return answer;
}
