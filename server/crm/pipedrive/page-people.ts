/** Who works in a company, as its pages show them. */
import * as v from 'valibot';
import { Refused } from '../../http/refusal.ts';
import type { AskPlainly, FramedEmployee, FramedMe } from '../framed.ts';
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
const roles = v.object({ data: v.array(v.object({ id, name: v.string() })) });
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
/** A company has some tens. */
const ROLES = 'v1/roles?start=0&limit=500';

const isAdminIn = (entries: v.InferOutput<typeof accesses>): boolean =>
  entries.some(({ app, admin }) => app === 'global' && admin);

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

export async function employeesOn(
  ask: AskPlainly,
  groups: ReadonlyMap<string, string>,
): Promise<readonly FramedEmployee[]> {
  const { data } = await read(ask, 'v1/users', users);
  return data.map(one => {
    const groupId = one.role_id ?? null;
    return {
      id: one.id,
      name: one.name,
      isActive: one.active_flag && !one.is_deleted,
      isAdmin: isAdminIn(one.access),
      groupId,
      groupName: groups.get(groupId ?? ''),
      email: one.email || undefined,
    };
  });
}

/** What roles are called: the company's own tree, which says whose records somebody sees. Empty where they may not know. */
export async function groupsOn(ask: AskPlainly): Promise<ReadonlyMap<string, string>> {
  const { success, output } = v.safeParse(roles, (await ask({ path: ROLES })).json);
  return new Map(success ? output.data.map(one => [one.id, one.name] as const) : []);
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
