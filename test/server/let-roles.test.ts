/** The permission to write roles that an administrator gave in the chat service: how it is renewed, and how it ends. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { restored } from '../../server/operations/restored.ts';
import { ADMIN, SELLER_A } from '../world/people.ts';
import { checkedIn } from './checked.ts';
import type { Office } from './office.ts';
import { partnerOffice, type PartnerOffice } from './partner-office.ts';

const HOUR = 3_600_000;

let partner: PartnerOffice;
let office: Office;
beforeEach(async () => {
  partner = await partnerOffice();
  ({ office } = partner);
});
afterEach(() => office.open.close());

describe('the permission to write roles', () => {
  beforeEach(() => partner.allow());

  it('lets the server’s own jobs read roles, even if the key may not', async () => {
    await partner.save();
    office.world.disturbances.add(/GET \/settings/, 'forbidden-json', Infinity);
    expect(await checkedIn(office)).toMatchObject({ people: 1, problem: null });
    expect(office.world.chat.users.get(String(SELLER_A))).toMatchObject({ name: 'Артём Алексеев' });
    expect(await (await office.ask(ADMIN, 'GET /leaving')).json()).toMatchObject({
      stays: expect.arrayContaining([{ what: 'roles', count: 1 }]),
    });
  });

  it('is renewed by one of two instances, which uses the refresh token once', async () => {
    office.world.clock.advance(HOUR);
    const before = partner.tokenCalls();
    const { accountId: id } = await office.open.database
      .selectFrom('partnerGrant')
      .select('accountId')
      .executeTakeFirstOrThrow();
    const patience = AbortSignal.timeout(20_000);
    const instances = [office.partnerGrants, office.another().partnerGrants];
    const all = await Promise.all(
      Array.from({ length: 5 }, () => instances).flatMap(each => each.map(one => one.access(id, patience))),
    );
    expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set(['access']));
    expect(partner.tokenCalls()).toBe(before + 1);
  });

  it('ends when the answer to its renewal is lost and the refresh token works only once: roles are read with the key until it is given again', async () => {
    office.world.clock.advance(HOUR);
    loseAnswer();
    const shown = await partner.roles();
    expect([shown.status, (await partner.state()).roles]).toEqual([200, 'ended']);
    expect((await partner.roles()).headers.get('Allow')).toBe('GET');
    expect((await partner.save()).status).toBe(403);
    await partner.allow();
    expect(await partner.state()).toMatchObject({ mode: 'roles', roles: 'given' });
  });

  it('survives a lost answer when the refresh token stays good until the next one is used', async () => {
    office.world.oddities.partnerRefreshOnce = false;
    office.world.clock.advance(HOUR);
    loseAnswer();
    expect((await partner.roles()).headers.get('Allow')).toBe('GET, PATCH');
    expect((await partner.state()).roles).toBe('given');
  });

  it('is renewed once when the service rejects a token before it expires', async () => {
    let refused = 0;
    partner.meddle = async (request, ask) => {
      if (!request.url.endsWith('/v2/settings') || refused > 0) return ask(request);
      refused += 1;
      return new Response(null, { status: 401 });
    };
    const before = partner.tokenCalls();
    expect((await partner.roles()).status).toBe(200);
    expect([refused, partner.tokenCalls()]).toEqual([1, before + 1]);
    expect((await partner.state()).roles).toBe('given');
  });

  it('ends when a fresh token is rejected too, which the history shows', async () => {
    partner.meddle = async (request, ask) =>
      request.url.endsWith('/v2/settings') ? new Response(null, { status: 401 }) : ask(request);
    expect((await partner.roles()).status).toBe(200);
    expect(await partner.state()).toMatchObject({ mode: 'reading', roles: 'ended' });
    expect((await partner.connectionChanges())[0]).toEqual(['partner', 'v3']);
  });

  it('has a task in the CRM from its end until it is given again', async () => {
    const openTasks = (): readonly string[] =>
      [...office.world.crm.tasks.values()].filter(task => !task.isCompleted).map(({ text }) => text);
    const look = async (): Promise<void> => {
      for (const id of await office.alarms.due()) await office.alarms.look(id, AbortSignal.timeout(20_000));
    };
    office.world.partners.revoke(office.world.chat.id);
    await partner.roles();
    await look();
    expect(openTasks()).toEqual([expect.stringContaining('нажмите «Настраивать роли здесь»')]);
    await partner.allow();
    office.world.clock.advance(HOUR);
    await look();
    expect(openTasks()).toEqual([]);
  });

  it('is renewed after a restore from a backup, since its refresh token may be used up', async () => {
    const before = partner.tokenCalls();
    await restored(office.open.database, new Date(office.world.clock.now()));
    expect(await office.partnerGrants.due()).toHaveLength(1);
    expect((await partner.roles()).headers.get('Allow')).toBe('GET, PATCH');
    expect([partner.tokenCalls(), await office.partnerGrants.due()]).toEqual([before + 1, []]);
  });

  it('ends when the service accepts the token but refuses the write', async () => {
    partner.meddle = async (request, ask) =>
      request.method === 'PATCH' && request.url.endsWith('/v2/settings')
        ? new Response(null, { status: 403 })
        : ask(request);
    expect((await partner.save()).status).toBe(403);
    expect(await partner.state()).toMatchObject({ mode: 'reading', roles: 'ended' });
  });

  it('ends when the account has revoked it in the service', async () => {
    office.world.partners.revoke(office.world.chat.id);
    expect((await partner.roles()).status).toBe(200);
    expect((await partner.state()).roles).toBe('ended');
  });

  it('does not end when the partner’s own password is rejected', async () => {
    office.world.clock.advance(HOUR);
    partner.meddle = async (request, ask) =>
      request.url.endsWith('/v2/oauth/token') ? new Response('{}', { status: 401 }) : ask(request);
    expect((await partner.roles()).status).toBe(502);
    partner.meddle = null;
    expect((await partner.roles()).headers.get('Allow')).toBe('GET, PATCH');
  });

  it('is renewed every day, since an unused one ends within a week', async () => {
    expect(await office.partnerGrants.due()).toEqual([]);
    office.world.clock.advance(24 * HOUR);
    const before = partner.tokenCalls();
    for (const id of await office.partnerGrants.due())
      await office.partnerGrants.renewEarly(id, AbortSignal.timeout(20_000));
    expect([partner.tokenCalls(), await office.partnerGrants.due()]).toEqual([before + 1, []]);
  });

  /** The service renews the token, and its answer is lost. */
  function loseAnswer(): void {
    let isLost = false;
    partner.meddle = async (request, ask) => {
      const answer = await ask(request);
      if (isLost || !request.url.endsWith('/v2/oauth/token')) return answer;
      isLost = true;
      throw new TypeError('fetch failed: the connection was reset');
    };
  }
});
