/**
 * A page's right to learn that a client has another owner, without a request to the CRM each time. It is given for a client
 * that the server has just read with the caller's own grant. It is valid for that person, that client and one hour. It
 * reveals only that the owner has changed. To learn who it is, the page reads the client again.
 */
import * as v from 'valibot';
import type { HeardOwners } from '../hooks/heard-owners.ts';
import type { Whose } from './asking.ts';
import { signedValues } from './signed-value.ts';

export type Watch = {
  /** Sent with each request. */
  readonly key: string;
  /**
   * Stands for the owner that was read. Null if the latest report is missing or names another owner. The next report then
   * counts as a change.
   */
  readonly stamp: string | null;
};

export type Watches = {
  readonly begin: (
    client: { readonly contactId: string; readonly ownerId: string },
    whose: Whose,
  ) => Promise<Watch>;
  /** The current stamp. Undefined if the key is not this person's, or has expired. */
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
