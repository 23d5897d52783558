/** The employees and groups of a company, for its pages. */
import * as v from 'valibot';
import { Refused } from '../../http/refusal.ts';
import type { AskPlainly, FramedEmployee, FramedGroup, FramedMe } from '../framed.ts';
import { access } from './person.ts';

const id = v.pipe(v.union([v.number(), v.string()]), v.transform(String));
const accesses = v.nullish(v.array(access), []);
const user = v.object({
  id,
  name: v.string(),
  email: v.nullish(v.string()),
  active_flag: v.boolean(),
  is_deleted: v.nullish(v.boolean(), false),
  role_id: v.nullish(id, null),
  access: accesses,
});
const users = v.object({ data: v.array(user) });
const roles = v.object({
  data: v.array(v.object({ id, name: v.string(), parent_role_id: v.nullish(id, null) })),
});
const me = v.object({
  data: v.object({
    id,
    name: v.string(),
    phone: v.nullish(v.string(), null),
    locale: v.nullish(v.string(), null),
    language: v.nullish(v.object({ language_code: v.string() }), null),
    access: accesses,
  }),
});
/** One page is enough, because a company has some dozens of groups. */
const ROLES = 'v1/roles?start=0&limit=500';

/** Admins of everything, and admins of the part of the CRM that has the records, see all records. */
const SEE_ALL = ['global', 'sales'];

const isAdminIn = (entries: v.InferOutput<typeof accesses>, apps = ['global']): boolean =>
  entries.some(({ app, admin }) => apps.includes(app) && admin);

export async function meOn(ask: AskPlainly): Promise<FramedMe> {
  const { data } = await read(ask, 'v1/users/me', me);
  const language = data.language?.language_code ?? data.locale ?? '';
  return {
    id: data.id,
    name: data.name,
    isAdmin: isAdminIn(data.access),
    phone: data.phone || null,
    locale: language.slice(0, 2).toLowerCase() || 'en',
  };
}

export async function employeesOn(ask: AskPlainly): Promise<readonly FramedEmployee[]> {
  const { data } = await read(ask, 'v1/users', users);
  return data.map(one => ({
    id: one.id,
    name: one.name,
    isActive: one.active_flag && !one.is_deleted,
    isAdmin: isAdminIn(one.access),
    seesAll: isAdminIn(one.access, SEE_ALL),
    groupId: one.role_id ?? null,
    email: one.email || undefined,
  }));
}

/**
 * The API calls visibility groups roles. The reference requires a scope for admins, and another page requires the scope for
 * users. Everything works without groups if the CRM refuses to list them.
 */
export async function groupsOn(ask: AskPlainly): Promise<readonly FramedGroup[] | null> {
  const { status, json } = await ask({ path: ROLES });
  if (status === 403) return null;
  const { success, output } = v.safeParse(roles, json);
  if (!success) throw new Refused('CRM_UNREACHABLE');
  return output.data.map(one => ({ id: one.id, name: one.name, parentId: one.parent_role_id ?? null }));
}

async function read<S extends v.GenericSchema>(
  ask: AskPlainly,
  path: string,
  schema: S,
): Promise<v.InferOutput<S>> {
  const { success, output } = v.safeParse(schema, (await ask({ path })).json);
  if (!success) throw new Refused('CRM_UNREACHABLE');
  return output;
}
