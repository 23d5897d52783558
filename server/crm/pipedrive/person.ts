import * as v from 'valibot';
import type { CrmUser } from '../lists.ts';
import { id } from './ids.ts';

/** Some flags of the older API are numbers. */
const flag = v.pipe(
  v.union([v.boolean(), v.number()]),
  v.transform(given => given === true || given === 1),
);
/** An app that a user has access to, and whether they administer it. */
export const access = v.object({ app: v.string(), admin: v.nullish(flag, false) });

/**
 * A current or former user. An administrator of the company administers the app `global`. There is no other flag, and a
 * user's access list may omit apps.
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
