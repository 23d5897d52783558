/** How employees of a Pipedrive company give our server access, and how that ends. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allowedAddress, deniedAddress } from '../mocks/pipedrive/consent.ts';
import { kinds } from '../support/databases.ts';
import { ADMIN, HEAD_OF_SALES, SELLER_A, SELLER_B } from '../world/people.ts';
import { pipedriveOffice, patient, type PipedriveOffice } from '../support/pipedrive-office.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const accessOf = async (office: PipedriveOffice, employeeId?: number) =>
  office.accounts.grants.access(
    await office.accountId(),
    patient(),
    employeeId === undefined ? undefined : String(employeeId),
  );
const tokenCalls = ({ sent }: PipedriveOffice): number =>
  sent.filter(one => one.endsWith('/oauth/token')).length;
/** The state with which the server sends a browser to the consent page. */
const stateIn = (answer: Response): string =>
  new URL(answer.headers.get('Location') ?? '').searchParams.get('state') ?? '';

describe.each(kinds())('employees of a company (%s)', kind => {
  let office: PipedriveOffice;
  beforeAll(async () => {
    office = await pipedriveOffice(kind);
  });
  afterAll(() => office.open.close());

  it('open the consent page and come back to the app’s settings', async () => {
    const { world, company } = office;
    const browser = office.browser();
    const asked = await browser.go('/pipedrive/authorize');
    const consent = new URL(asked.headers.get('Location') ?? '');
    expect([asked.status, consent.origin + consent.pathname]).toEqual([
      303,
      'https://oauth.pipedrive.com/oauth/authorize',
    ]);
    const back = await browser.go(allowedAddress(world, company, ADMIN, stateIn(asked)).href);
    expect(back.headers.get('Location')).toBe('/pipedrive/arriving');
    const waiting = await browser.go('/pipedrive/arriving');
    expect([waiting.status, waiting.headers.get('Refresh')]).toEqual([200, '1']);
    await office.worked();
    const arrived = await browser.go('/pipedrive/arriving');
    expect(arrived.headers.get('Location')).toBe(
      `https://acme.pipedrive.com/settings/marketplace/app/${company.app.clientId}/app-settings`,
    );
    expect(await accessOf(office)).toMatchObject({ kind: 'access', host: 'acme.pipedrive.com' });
  });

  it('are accepted without a state if they come from the marketplace', async () => {
    await office.allow(SELLER_A);
    expect(await accessOf(office, SELLER_A)).toMatchObject({ kind: 'access' });
    expect(await accessOf(office, SELLER_B)).toEqual({ kind: 'needs-reauth' });
  });

  it('are refused with the state of another browser, and their code is not used up', async () => {
    const { world, company } = office;
    const began = await office.browser().go('/pipedrive/authorize');
    const before = tokenCalls(office);
    const other = office.browser();
    await other.go('/pipedrive/authorize');
    for (const state of [stateIn(began), `${stateIn(began)}x`, 'invented']) {
      const back = await other.go(allowedAddress(world, company, SELLER_B, state).href);
      expect([state, back.status]).toEqual([state, 400]);
    }
    await office.worked();
    expect([tokenCalls(office), (await accessOf(office, SELLER_B)).kind]).toEqual([before, 'needs-reauth']);
  });

  it('are refused with a state older than five minutes', async () => {
    const { world, company } = office;
    const browser = office.browser();
    const state = stateIn(await browser.go('/pipedrive/authorize'));
    world.clock.advance(5 * MINUTE);
    const back = await browser.go(allowedAddress(world, company, SELLER_B, state).href);
    expect(back.status).toBe(400);
  });

  it.each(['user_denied', 'access_denied'] as const)(
    'who do not allow us (%s) are told so, and nothing is kept',
    async word => {
      const { world } = office;
      world.pipedrive.oddities.deniedWord = word;
      const before = tokenCalls(office);
      const back = await office.browser().go(deniedAddress(world).href);
      await office.worked();
      expect([back.status, tokenCalls(office)]).toEqual([200, before]);
    },
  );

  it('are connected once if two browsers bring the same code, and nothing is lost', async () => {
    const { world, company } = office;
    const address = allowedAddress(world, company, HEAD_OF_SALES).href;
    const [first, second] = [office.browser(), office.browser()];
    await first.go(address);
    await second.go(address);
    await office.worked();
    const ends = [await first.go('/pipedrive/arriving'), await second.go('/pipedrive/arriving')];
    expect(ends.map(({ status }) => status)).toEqual([303, 400]);
    expect((await accessOf(office, HEAD_OF_SALES)).kind).toBe('access');
  });
});

describe('a grant', () => {
  let office: PipedriveOffice;
  beforeAll(async () => {
    office = await pipedriveOffice();
    await office.allow(ADMIN);
    await office.allow(SELLER_A);
  });
  afterAll(() => office.open.close());

  it.each(['same', 'rotated'] as const)(
    'is renewed five minutes before it expires and not earlier, whichever token comes back (%s)',
    async rotation => {
      const { world } = office;
      world.pipedrive.oddities.refreshRotation = rotation;
      for (let round = 0; round < 3; round += 1) {
        const before = tokenCalls(office);
        world.clock.advance(54 * MINUTE);
        await accessOf(office, SELLER_A);
        const unneeded = tokenCalls(office) - before;
        world.clock.advance(MINUTE);
        expect((await accessOf(office, SELLER_A)).kind).toBe('access');
        expect([unneeded, tokenCalls(office) - before]).toEqual([0, 1]);
      }
    },
  );

  it.each(['same', 'rotated'] as const)(
    'is renewed once when many ask at once on two instances (%s)',
    async rotation => {
      const { world } = office;
      world.pipedrive.oddities.refreshRotation = rotation;
      const other = office.another();
      world.clock.advance(2 * HOUR);
      const before = tokenCalls(office);
      const id = await office.accountId();
      const kinds = await Promise.all(
        Array.from({ length: 10 }, async (_, at) => {
          const { grants } = at % 2 === 0 ? office.accounts : other.accounts;
          return (await grants.access(id, patient(), String(SELLER_A))).kind;
        }),
      );
      expect([new Set(kinds), tokenCalls(office) - before]).toEqual([new Set(['access']), 1]);
    },
  );

  it('follows a renamed company at its next renewal', async () => {
    const { world } = office;
    office.strike = async request => {
      if (!request.url.endsWith('/oauth/token')) return undefined;
      const tokens = { access_token: 'a', refresh_token: 'r', expires_in: 3599 };
      return Response.json({ ...tokens, api_domain: 'https://acme-now.pipedrive.com' });
    };
    world.clock.advance(HOUR);
    expect(await accessOf(office, SELLER_A)).toMatchObject({ host: 'acme-now.pipedrive.com' });
    office.strike = null;
    await office.allow(SELLER_A);
    expect(await accessOf(office, SELLER_A)).toMatchObject({ kind: 'access' });
  });

  it.each(['https://acme.pipedrive.com.evil.example', 'https://evil.example', 'http://acme.pipedrive.com'])(
    'that claims to live at %s takes no token there',
    async api_domain => {
      const { world } = office;
      const before = await accessOf(office, SELLER_A);
      office.strike = async request =>
        request.url.endsWith('/oauth/token')
          ? Response.json({ access_token: 'a', refresh_token: 'r', expires_in: 3599, api_domain })
          : undefined;
      office.sent.length = 0;
      await office.browser().go(allowedAddress(world, office.company, SELLER_B).href);
      await office.worked();
      office.strike = null;
      expect(office.sent.every(one => one.endsWith('https://oauth.pipedrive.com/oauth/token'))).toBe(true);
      expect(await accessOf(office, SELLER_A)).toEqual(before);
    },
  );

  it('stays valid while the token endpoint is down, or the server has a wrong secret', async () => {
    const { world } = office;
    const wrong = () => Response.json({ success: false, error: 'invalid_client' }, { status: 400 });
    for (const answer of [() => new Response('<html>', { status: 503 }), wrong]) {
      office.strike = async request => (request.url.endsWith('/oauth/token') ? answer() : undefined);
      world.clock.advance(2 * HOUR);
      expect(await accessOf(office, SELLER_A)).toEqual({ kind: 'later' });
      office.strike = null;
      expect((await accessOf(office, SELLER_A)).kind).toBe('access');
    }
  });

  it('that is not used is kept alive for longer than sixty days', async () => {
    const { world, accounts } = office;
    for (let day = 0; day < 70; day += 1) {
      world.clock.advance(DAY);
      for (const id of await accounts.renewals.due()) await accounts.renewEarly(id, patient());
    }
    expect((await accessOf(office, SELLER_A)).kind).toBe('access');
  });
});
