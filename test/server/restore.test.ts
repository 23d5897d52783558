/** A database restored from a backup, whose tokens may be used up by now. */
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { restored } from '../../server/operations/restored.ts';
import { installingStage, patient, type Stage } from './installing.ts';

const DAY = 86_400_000;

let stage: Stage;
let id: string;
beforeEach(async () => {
  stage = await installingStage();
  await stage.install();
  await stage.workAll();
  id = await stage.accountId();
});
afterEach(() => stage.close());

const database = () => stage.instances[0].open.database;
/** Backs up the grants, and returns a function that restores them. */
async function backup(): Promise<() => Promise<void>> {
  await sql`create table kept as table crm_grant`.execute(database());
  return async () => {
    await sql`update crm_grant set sealed_tokens = kept.sealed_tokens, expires_at = kept.expires_at,
      version = kept.version, is_dead = kept.is_dead, renewed_at = kept.renewed_at
      from kept where kept.id = crm_grant.id`.execute(database());
  };
}
async function renewWhatIsDue(): Promise<void> {
  const { renewals, renewEarly } = stage.instances[0];
  for (const grantId of await renewals.due()) await renewEarly(grantId, patient());
}
const stateNow = async () => (await stage.accounts())[0]?.state;

describe.skipIf(inject('postgres') === '')('after a restore', () => {
  it('a refresh token that was used after the backup is found with one request, and the account can be allowed again', async () => {
    const restore = await backup();
    stage.world.clock.advance(DAY);
    await renewWhatIsDue();
    await restore();
    expect(await restored(database(), new Date(stage.world.clock.now()))).toBe(1);
    stage.sent.length = 0;
    await renewWhatIsDue();
    await renewWhatIsDue();
    expect(stage.tokenCalls()).toBe(1);
    expect(await stateNow()).toBe('needs-reauth');
    await stage.install();
    await stage.workAll();
    expect(await stage.instances[1].api.ask(id, 'account', patient())).toMatchObject({ kind: 'answered' });
  });

  it('a grant that is still good continues to work', async () => {
    const restore = await backup();
    await restore();
    await restored(database(), new Date(stage.world.clock.now()));
    await renewWhatIsDue();
    expect(stage.tokenCalls()).toBe(2);
    expect(await stateNow()).toBe('active');
  });

  it('a code from the backup is not exchanged', async () => {
    await stage.install();
    await restored(database(), new Date(stage.world.clock.now()));
    stage.sent.length = 0;
    await stage.workAll();
    expect(stage.sent).toEqual([]);
  });
});
