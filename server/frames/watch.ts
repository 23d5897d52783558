/**
 * A page's right to learn that a client has another owner, without the CRM being asked each time. It is given for a client whom
 * the server has just read with the caller's own grant, and it is good for that person, that client and one hour. Who looks with
 * it learns that the owner has changed, and not who it is: for that the page reads the client again.
 */
import * as v from 'valibot';
import type { HeardOwners } from '../hooks/heard-owners.ts';
import type { Whose } from './asking.ts';
import { signedValues } from './signed-value.ts';

export type Watch = {
  /** To be sent with each look. */
  readonly key: string;
  /** Of the owner who was read. Null where none was heard of lately, or another one: then the first look differs from it. */
  readonly stamp: string | null;
};

export type Watches = {
  readonly begin: (
    client: { readonly contactId: string; readonly ownerId: string },
    whose: Whose,
  ) => Promise<Watch>;
  /** The stamp now; undefined where the key is not this person's, or its hour is over. */
  readonly look: (key: string, whose: Whose) => Promise<string | null | undefined>;
};

const HOUR_MILLISECONDS = 3_600_000;

const watched = v.pipe(v.string(), v.parseJson(), v.tuple([v.string(), v.string(), v.string()]));

export function watchesWith(given: {
  readonly secret: string;
  readonly heardOwners: Pick<HeardOwners, 'of'>;
  readonly now: () => Date;
}): Watches {
  const { secret, heardOwners, now } = given;
  const keys = signedValues({ secret, purpose: 'watch', milliseconds: HOUR_MILLISECONDS, now });
  return {
    async begin({ contactId, ownerId }, { accountId, employeeId }) {
      const heard = await heardOwners.of(accountId, contactId);
      return {
        key: keys.sign(JSON.stringify([accountId, employeeId, contactId])),
        stamp: heard?.ownerId === ownerId ? heard.stamp : null,
      };
    },
    async look(key, { accountId, employeeId }) {
      const { success, output } = v.safeParse(watched, keys.valueIn(key));
      if (!success) return undefined;
      const [ofAccount, ofEmployee, contactId] = output;
      if (ofAccount !== accountId || ofEmployee !== employeeId) return undefined;
      return (await heardOwners.of(accountId, contactId))?.stamp ?? null;
    },
  };
}
