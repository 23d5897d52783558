/** Checks an office's clients and works off every hint that the check gives. */
import { ADMIN } from '../world/people.ts';
import type { Office } from './office.ts';

export const accountIdOf = async ({ open }: Office): Promise<string> =>
  (await open.database.selectFrom('account').select('id').executeTakeFirstOrThrow()).id;

/** What an administrator sees after the check. */
export async function checkedIn(office: Office): Promise<unknown> {
  const { checking, follower } = office.following;
  await office.ask(ADMIN, 'POST /clients/check');
  const patient = new AbortController().signal;
  await checking.check(await accountIdOf(office), patient);
  while (await follower.step(patient));
  return (await office.ask(ADMIN, 'GET /clients')).json();
}
