/** How the access of a Pipedrive company's employees ends, and what is kept afterwards. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askWithGrant } from '../../server/accounts/ask-with-grant.ts';
import { ADMIN, HEAD_OF_SALES, SELLER_A } from '../world/people.ts';
import { patient, pipedriveOffice, takenBackBy, type PipedriveOffice } from '../support/pipedrive-office.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const accessOf = async (office: PipedriveOffice, employeeId?: number) =>
  office.accounts.grants.access(
    await office.accountId(),
    patient(),
    employeeId === undefined ? undefined : String(employeeId),
  );
const tokenCalls = ({ sent }: PipedriveOffice): number =>
  sent.filter(one => one.endsWith('/oauth/token')).length;

describe('an uninstall', () => {
  let office: PipedriveOffice;
  beforeAll(async () => {
    office = await pipedriveOffice();
    office.company.users.forEach(user => {
      if (user.id === HEAD_OF_SALES) user.adminOf = ['global', 'sales', 'account_settings'];
    });
    await office.allow(HEAD_OF_SALES);
    await office.allow(SELLER_A);
    office.world.clock.advance(MINUTE);
    await office.allow(ADMIN);
  });
  afterAll(() => office.open.close());
  const grantOwner = async () => office.accounts.grants.grantOwner(await office.accountId());
  const told = async (userId: number, method: 'DELETE' | 'POST' = 'DELETE') => {
    const answer = await office.called(method, takenBackBy(office, userId));
    await office.accounts.takenBack.work(patient());
    return answer.status;
  };

  it('that is not reported by the CRM ends nothing', async () => {
    const { world, company } = office;
    world.pipedrive.oauth.end(company, SELLER_A);
    const forged = await office.called('DELETE', takenBackBy(office, SELLER_A), 'guessed');
    const bare = await office.app(
      new Request(company.app.callback, {
        method: 'DELETE',
        body: JSON.stringify(takenBackBy(office, SELLER_A)),
      }),
    );
    const shared = await office.called('POST', { company_id: company.id, user_id: 1, isShared: true }, 'x');
    const before = tokenCalls(office);
    await office.accounts.takenBack.work(patient());
    expect([forged.status, bare.status, shared.status]).toEqual([401, 401, 401]);
    expect([tokenCalls(office), (await accessOf(office, SELLER_A)).kind]).toEqual([before, 'access']);
  });

  it('ends only that person’s grant', async () => {
    expect(await told(SELLER_A)).toBe(200);
    expect((await accessOf(office, SELLER_A)).kind).toBe('needs-reauth');
    expect([await grantOwner(), await office.state()]).toEqual([String(ADMIN), 'active']);
  });

  it('that is reported late does not end a newer grant', async () => {
    await office.allow(SELLER_A);
    await told(SELLER_A);
    office.world.clock.advance(5 * MINUTE);
    await office.accounts.takenBack.work(patient());
    expect((await accessOf(office, SELLER_A)).kind).toBe('access');
  });

  it('of the administrator whose grant the server uses makes it use another administrator’s', async () => {
    office.world.pipedrive.oauth.end(office.company, ADMIN);
    await told(ADMIN);
    expect([await grantOwner(), await office.state()]).toEqual([String(HEAD_OF_SALES), 'active']);
    expect((await accessOf(office)).kind).toBe('access');
  });

  it('of the last administrator keeps the sellers’ own grants', async () => {
    office.world.pipedrive.oauth.end(office.company, HEAD_OF_SALES);
    await told(HEAD_OF_SALES);
    expect(await office.state()).toBe('needs-reauth');
    expect((await accessOf(office, SELLER_A)).kind).toBe('access');
    office.world.clock.advance(100 * DAY);
    expect(await office.purges.due()).toEqual([]);
  });

  it('of the last person starts thirty days after which everything is deleted, unless the app is installed again', async () => {
    office.world.pipedrive.oauth.end(office.company, SELLER_A);
    await told(SELLER_A);
    expect(await office.state()).toBe('disabled');
    office.world.clock.advance(29 * DAY);
    expect(await office.purges.due()).toEqual([]);
    await office.allow(ADMIN);
    expect(await office.state()).toBe('active');
    office.world.pipedrive.oauth.end(office.company, ADMIN);
    await told(ADMIN);
    office.world.clock.advance(31 * DAY);
    expect(await office.purges.due()).toEqual([await office.accountId()]);
  });
});

describe('an administrator', () => {
  it('who has lost their rights keeps their grant for themselves, but not for the account', async () => {
    const office = await pipedriveOffice();
    const { company, accounts } = office;
    await office.allow(ADMIN);
    const user = company.users.get(ADMIN);
    if (!user) throw new Error('The company has an administrator');
    user.adminOf = [];
    const id = await office.accountId();
    const [grant = ''] = await accounts.grants.of(id, [String(ADMIN)]);
    await accounts.lookAtGrant(grant, patient());
    expect([await office.state(), (await accessOf(office, ADMIN)).kind]).toEqual(['needs-reauth', 'access']);
    await office.open.close();
  });
});

describe('a company whose administrator has disconnected the chat service', () => {
  let office: PipedriveOffice;
  let id: string;
  const connected = async () => {
    const key = [...office.world.chat.keys].find(([, kind]) => kind === 'partner')?.[0];
    return office.ask(ADMIN, 'PUT /connection', { key });
  };
  beforeEach(async () => {
    office = await pipedriveOffice();
    await office.allow(ADMIN);
    await connected();
    id = await office.accountId();
    expect((await office.ask(ADMIN, 'DELETE /connection')).ok).toBe(true);
    office.world.clock.advance(29 * DAY);
  });
  afterEach(() => office.open.close());
  const dueSoon = async () => {
    office.world.clock.advance(2 * DAY);
    return office.purges.due();
  };

  it('is purged even if a seller gives access in the meantime, also as the only person left', async () => {
    await office.allow(SELLER_A);
    office.world.pipedrive.oauth.end(office.company, ADMIN);
    await office.called('DELETE', takenBackBy(office, ADMIN));
    office.world.pipedrive.oauth.end(office.company, SELLER_A);
    await office.called('DELETE', takenBackBy(office, SELLER_A));
    await office.accounts.takenBack.work(patient());
    expect(await office.state()).toBe('disabled');
    await office.allow(SELLER_A);
    expect(await dueSoon()).toEqual([id]);
  });

  it.each([
    ['an administrator gives access', () => office.allow(ADMIN)],
    ['the chat service is connected again', connected],
  ])('is kept after %s', async (_, back) => {
    await office.allow(SELLER_A);
    await back();
    expect(await dueSoon()).toEqual([]);
  });
});

describe('a grant', () => {
  let office: PipedriveOffice;
  beforeEach(async () => {
    office = await pipedriveOffice();
    office.world.pipedrive.oddities.refreshRotation = 'rotated';
    await office.allow(ADMIN);
  });
  afterEach(() => office.open.close());
  const heldToken = async (): Promise<string> => {
    const access = await accessOf(office);
    if (access.kind !== 'access') throw new Error('The administrator has allowed us');
    return access.token;
  };
  /** The CRM issues the next refresh token, and its answer is lost. */
  async function renewalLost(): Promise<void> {
    office.world.clock.advance(45 * MINUTE);
    let isFirst = true;
    office.strike = async ({ url }) => {
      if (!url.endsWith('/oauth/token') || !isFirst) return undefined;
      isFirst = false;
      return 'lost';
    };
    const { renewals } = office.accounts;
    for (const id of await renewals.due()) await renewals.renewEarly(id, patient());
    expect(isFirst).toBe(false);
    office.strike = null;
  }

  it('whose renewal was lost is valid until its token expires', async () => {
    const token = await heldToken();
    await renewalLost();
    office.world.clock.advance(14 * MINUTE);
    expect([await heldToken(), await office.state()]).toEqual([token, 'active']);
    office.world.clock.advance(MINUTE);
    expect([(await accessOf(office)).kind, await office.state()]).toEqual(['needs-reauth', 'needs-reauth']);
    await office.allow(ADMIN);
    expect(await heldToken()).not.toBe(token);
  });

  it('whose renewal was lost ends immediately if the CRM refuses its token, too', async () => {
    office.world.pipedrive.oauth.revoke(await heldToken());
    await renewalLost();
    expect((await accessOf(office)).kind).toBe('needs-reauth');
  });

  it('that was taken back ends even if the CRM still accepts its token for a while', async () => {
    const stillTaken = Response.json({
      data: { id: ADMIN, company_id: office.company.id, company_country: 'EE', access: [] },
    });
    office.world.pipedrive.oauth.end(office.company, ADMIN);
    office.strike = async ({ url }) => (url.endsWith('/v1/users/me') ? stillTaken.clone() : undefined);
    await office.called('DELETE', takenBackBy(office, ADMIN));
    await office.accounts.takenBack.work(patient());
    expect((await accessOf(office)).kind).toBe('needs-reauth');
  });

  it('does not end if it is given again while the CRM refuses its older token', async () => {
    const asked = new Set<string>();
    const whose = { accountId: await office.accountId() };
    const answer = await askWithGrant(office.accounts.grants, whose, patient(), async ({ token }) => {
      asked.add(token);
      if (asked.size === 2) await office.allow(ADMIN);
      return asked.size < 3 ? ('unauthorized' as const) : 'answered';
    });
    expect([answer, asked.size, await office.state()]).toEqual(['answered', 3, 'active']);
  });
});
