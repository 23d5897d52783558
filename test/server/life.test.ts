/** An account's grants: how they are kept alive, replaced, ended and given again. */
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { ADMIN, SELLER_A } from '../world/people.ts';
import type { World } from '../world/world.ts';
import { installingStage, patient, person, type Stage } from './installing.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let stage: Stage;
let world: World;
let id: string;
beforeEach(async () => {
  stage = await installingStage();
  world = stage.world;
  await stage.install();
  await stage.workAll();
  id = await stage.accountId();
  stage.sent.length = 0;
});
afterEach(() => stage.close());

const stateNow = async (): Promise<string | undefined> => (await stage.accounts())[0]?.state;
const read = () => stage.instances[1].api.ask(id, 'account', patient());
const access = () => stage.instances[0].grants.access(id, patient());
/** What the jobs do every few minutes. */
async function renewWhatIsDue(): Promise<number> {
  const { renewals, renewEarly } = stage.instances[0];
  const due = await renewals.due();
  for (const grantId of due) await renewEarly(grantId, patient());
  return due.length;
}
async function secondAdmin(): Promise<void> {
  person(world.crm, SELLER_A).isAdmin = true;
  await stage.install(SELLER_A);
  await stage.workAll();
}
const GRANTS_END = { userId: SELLER_A };
const page = (status: number) => async () =>
  new Response('<html>nginx</html>', { status, headers: { 'Content-Type': 'text/html' } });

describe.skipIf(inject('postgres') === '')('a grant', () => {
  it('is renewed once, hours before it is needed', async () => {
    world.clock.advance(19 * HOUR);
    expect(await renewWhatIsDue()).toBe(0);
    world.clock.advance(2 * HOUR);
    const { renewals } = stage.instances[0];
    const due = await renewals.due();
    const ended = await Promise.all(
      [...due, ...due].map((grantId, at) =>
        stage.instances[at === 0 ? 0 : 1].renewals.renewEarly(grantId, patient()),
      ),
    );
    expect(ended.map(({ kind }) => kind).toSorted()).toEqual(['not-due', 'renewed']);
    expect(await renewWhatIsDue()).toBe(0);
    expect(stage.tokenCalls()).toBe(1);
  });

  it('outlives half a year without use, and so does a grant in reserve', async () => {
    await secondAdmin();
    for (let day = 0; day < 180; day += 1) {
      world.clock.advance(DAY);
      await renewWhatIsDue();
    }
    world.crm.oauth.revoke(GRANTS_END);
    expect(await read()).toMatchObject({ kind: 'answered' });
    expect(await stateNow()).toBe('active');
  });

  it('expires within half a year if it is not kept alive', async () => {
    world.clock.advance(180 * DAY);
    expect(await access()).toEqual({ kind: 'needs-reauth' });
    expect(await stateNow()).toBe('needs-reauth');
  });

  it('that is refused before it expires is replaced by another one', async () => {
    await secondAdmin();
    world.crm.oauth.revoke(GRANTS_END);
    expect(await read()).toMatchObject({ kind: 'answered' });
    expect(await stateNow()).toBe('active');
  });

  it('that was the last one leaves the account without access until a new one is given', async () => {
    world.crm.oauth.revoke();
    expect(await read()).toEqual({ kind: 'needs-reauth' });
    expect(await stateNow()).toBe('needs-reauth');
    await stage.install();
    await stage.workAll();
    expect(await read()).toMatchObject({ kind: 'answered' });
    expect(await stateNow()).toBe('active');
  });

  it.each([403, 429, 502])('stays valid if the token endpoint answers with a page (%i)', async status => {
    world.clock.advance(21 * HOUR);
    stage.strike = page(status);
    await renewWhatIsDue();
    expect(await stateNow()).toBe('active');
    stage.strike = null;
    expect(await renewWhatIsDue()).toBe(1);
    expect(await read()).toMatchObject({ kind: 'answered' });
  });

  it('follows its account to a new host', async () => {
    world.renameAccount(world.crm, 'renamed');
    expect(await read()).toMatchObject({ kind: 'answered' });
    expect((await stage.accounts())[0]).toMatchObject({ host: 'renamed.amocrm.ru', state: 'active' });
  });

  it('waits if it is not known where its account has moved', async () => {
    world.renameAccount(world.crm, 'renamed');
    world.clock.advance(DAY);
    stage.strike = async ({ url }) =>
      new URL(url).hostname.startsWith('api-') ? new Response('Bad gateway', { status: 502 }) : undefined;
    expect(await access()).toEqual({ kind: 'later' });
    stage.strike = null;
    expect(await access()).toMatchObject({ kind: 'access', host: 'renamed.amocrm.ru' });
  });

  it('is sent only to the CRM, whatever host is reported for its account', async () => {
    world.clock.advance(DAY);
    stage.strike = async ({ url }) => {
      const { hostname, pathname } = new URL(url);
      if (hostname.startsWith('api-'))
        return Response.json({ id: world.crm.account.id, domain: 'crm.amocrm.ru.evil.example' });
      return pathname.startsWith('/oauth2') ? Response.json({ hint: 'no' }, { status: 401 }) : undefined;
    };
    expect(await access()).toEqual({ kind: 'later' });
    expect(stage.sent.join()).not.toContain('evil');
  });
});

describe.skipIf(inject('postgres') === '')('a person behind a grant', () => {
  it.each([
    ['a page that blocks our address', page(403)],
    ['an answer that was lost', async () => 'lost' as const],
  ])('still counts as an administrator after %s', async (_what, strike) => {
    person(world.crm, SELLER_A).isAdmin = true;
    stage.strike = async request =>
      new URL(request.url).pathname === '/api/v4/users' ? strike() : undefined;
    await stage.install(SELLER_A);
    await stage.workAll();
    stage.strike = null;
    world.crm.oauth.revoke({ userId: ADMIN });
    expect(await read()).toMatchObject({ kind: 'answered' });
  });
});

describe.skipIf(inject('postgres') === '')('a person behind a grant, at its renewal', () => {
  it('who loses administrator’s rights is passed over until they have them again', async () => {
    const admin = person(world.crm, ADMIN);
    admin.isAdmin = false;
    world.clock.advance(21 * HOUR);
    await renewWhatIsDue();
    expect(await stateNow()).toBe('needs-reauth');
    admin.isAdmin = true;
    world.clock.advance(7 * DAY);
    await renewWhatIsDue();
    expect(await stateNow()).toBe('active');
    expect(await read()).toMatchObject({ kind: 'answered' });
  });
});

describe.skipIf(inject('postgres') === '')('a code', () => {
  it('that was not exchanged in time is wiped, and its row is deleted after a week', async () => {
    await stage.install();
    const { database } = stage.instances[0].open;
    const age = (milliseconds: number) =>
      sql`update arrival set at = ${new Date(Date.now() - milliseconds)}`.execute(database);
    const left = () => database.selectFrom('arrival').select(['outcome', 'sealedCode']).execute();
    await age(19 * 60_000);
    await stage.instances[0].arrivals.forget();
    expect((await left()).map(({ sealedCode }) => sealedCode !== '')).toContain(true);
    await age(21 * 60_000);
    await stage.instances[0].arrivals.forget();
    expect((await left()).filter(({ sealedCode }) => sealedCode !== '')).toEqual([]);
    expect((await left()).map(({ outcome }) => outcome)).toContain('expired');
    await age(8 * DAY);
    await stage.instances[0].arrivals.forget();
    expect(await left()).toEqual([]);
  });
});
