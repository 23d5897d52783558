import * as v from 'valibot';
import type { CrmUser } from '../lists.ts';
import { id } from './ids.ts';

/** Some of the older API's switches are numbers. */
const flag = v.pipe(
  v.union([v.boolean(), v.number()]),
  v.transform(given => given === true || given === 1),
);
/** What somebody may administer. */
export const access = v.object({ app: v.string(), admin: v.nullish(flag, false) });

/**
 * Somebody who works or has worked here. Who may change the company's settings is an administrator of everything (`global`);
 * there is no such flag, and a row need not name each app.
 */
export const user = v.pipe(
  v.object({
    id,
    name: v.nullish(v.string(), ''),
    active_flag: flag,
    is_deleted: v.nullish(flag, false),
    access: v.nullish(v.array(access), []),
  }),
  v.transform(one => ({
    id: one.id,
    name: one.name,
    isActive: one.active_flag && !one.is_deleted,
    isAdmin: one.access.some(({ app, admin }) => app === 'global' && admin),
  })),
) satisfies v.GenericSchema<unknown, CrmUser>;
