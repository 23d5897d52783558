/** Writes of roles whose answer was lost, and their outcome in the history. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Fault } from '../../../world/disturbances.ts';
import { ADMIN, HEAD_OF_SALES, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { SALES_CHANNEL } from '../../../world/world.ts';
import { outcomeOf } from '../../../support/outcome.ts';
import { officeForEachTest, roleRow } from './office.ts';

const office = officeForEachTest();

const settingsOf = (...userRoles: object[]): unknown => ({
  pushInputOutputMessageEventsForManagers: false,
  userRoles,
});
const currentEtag = async (): Promise<string> =>
  (await office.ask('admin', 'GET /settings')).headers.get('ETag') ?? '';
const save = (body: unknown, ifMatch: string): Promise<Response> =>
  office.ask('admin', 'PATCH /settings', { body, headers: { 'If-Match': ifMatch } });

describe('a write with a lost answer', () => {
  afterEach(() => {
    vi.useRealTimers();
  });
  const wish = settingsOf(roleRow(SELLER_B, 'seller'));
  const later = (milliseconds: number) => () =>
    new Promise<void>(resolve => {
      setTimeout(resolve, milliseconds);
    });
  const add = (on: RegExp, happens: Fault | (() => unknown), times?: number): void =>
    office.stage.world.disturbances.add(on, happens, times);

  it.each<Fault>(['too-many', 'forbidden-json', 'unauthorized', 'server-error', 'broken-json', 'cut'])(
    'is reported as unknown, and is kept, when the read after it met "%s"',
    async fault => {
      const etag = await currentEtag();
      add(/PATCH \/settings/, () => add(/GET \/settings/, fault));
      const answer = await save(wish, etag);
      expect(await outcomeOf(answer)).toEqual([502, 'WRITTEN_UNKNOWN']);
      expect(office.stage.world.chat.settings).toEqual(wish);
    },
  );

  it('has twenty seconds for all of its requests', async () => {
    const etag = await currentEtag();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    add(/\/settings/, later(9000), 3);
    const asked = save(wish, etag);
    await vi.waitFor(() => expect(office.stage.upstream).toHaveLength(2));
    await vi.advanceTimersByTimeAsync(9000);
    await vi.waitFor(() => expect(office.stage.upstream).toHaveLength(3));
    await vi.advanceTimersByTimeAsync(9000);
    await vi.waitFor(() => expect(office.stage.upstream).toHaveLength(4));
    await vi.advanceTimersByTimeAsync(2000);
    expect(await outcomeOf(await asked)).toEqual([502, 'WRITTEN_UNKNOWN']);
  });

  it('never starts once other writes have taken all its time', async () => {
    const etag = await currentEtag();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let release = (): void => undefined;
    const name = `settings amocrm ${office.stage.world.crm.account.id}`;
    const others = office.config.withLease(
      name,
      () => new Promise<void>(resolve => (release = resolve)),
      new AbortController().signal,
    );
    let answer: Response | undefined;
    const asked = save(wish, etag).then(given => (answer = given));
    await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1));
    await vi.advanceTimersByTimeAsync(19_000);
    expect(answer).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1000);
    expect(await outcomeOf(await asked)).toEqual([504, 'NOT_WRITTEN']);
    release();
    await others;
    await office.config.withLease(name, () => Promise.resolve(), new AbortController().signal);
    expect(office.stage.upstream.filter(one => one.startsWith('PATCH'))).toEqual([]);
  });
});

const roleLine = (person: number, before: string, after: string) => ({
  thing: 'role',
  channel: SALES_CHANNEL,
  person: String(person),
  before,
  after,
});

describe('the history', () => {
  const wish = settingsOf(roleRow(SELLER_B, 'seller'));
  const changes = async (): Promise<unknown> => (await office.ask('admin', 'GET /history')).json();
  const disturb = (happens: Fault | (() => unknown)): void =>
    office.stage.world.disturbances.add(/PATCH \/settings/, happens);

  it('shows who saved which roles in place of which', async () => {
    await save(wish, await currentEtag());
    expect(await changes()).toEqual({
      changes: [
        expect.objectContaining({
          employeeId: String(ADMIN),
          origin: null,
          what: 'roles',
          outcome: 'accepted',
          difference: {
            lines: [
              roleLine(SELLER_A, 'seller', 'none'),
              roleLine(HEAD_OF_SALES, 'supervisor', 'none'),
              roleLine(SELLER_B, 'auditor', 'seller'),
            ],
            more: 0,
          },
        }),
      ],
    });
  });

  it('gives admins the roles before a change', async () => {
    await save(wish, await currentEtag());
    const answer = await office.ask('admin', 'GET /history/1/roles');
    expect(await answer.json()).toEqual({
      roles: [
        expect.objectContaining({ employeeId: String(SELLER_A), role: 'seller' }),
        expect.objectContaining({ employeeId: String(HEAD_OF_SALES), role: 'supervisor' }),
        expect.objectContaining({ employeeId: String(SELLER_B), role: 'auditor' }),
      ],
    });
    expect(await outcomeOf(await office.ask('admin', 'GET /history/9/roles'))).toEqual([
      404,
      'CHANGE_UNKNOWN',
    ]);
    expect(await outcomeOf(await office.ask('supervisor', 'GET /history/1/roles'))).toEqual([
      403,
      'ADMINS_ONLY',
    ]);
  });

  it('finds out at an admin’s next read that an unknown save has worked', async () => {
    const etag = await currentEtag();
    disturb(() => {
      Object.assign(office.stage.world.chat, { settings: wish });
      office.stage.world.disturbances.add(/PATCH \/settings/, 'server-error');
      disturbReading();
    });
    await save(wish, etag);
    expect(await changes()).toMatchObject({ changes: [{ outcome: 'unknown' }] });
    await office.ask('seller', 'GET /settings');
    expect(await changes()).toMatchObject({ changes: [{ outcome: 'unknown' }] });
    await office.ask('admin', 'GET /settings');
    expect(await changes()).toMatchObject({ changes: [{ outcome: 'accepted' }] });
  });

  it.each<[outcome: string, status: number, happens: Fault | (() => unknown)]>([
    ['refused', 429, 'too-many'],
    ['unknown', 502, 'cut'],
    ['unknown', 502, () => disturbReading()],
  ])('shows "%s" for a save that is answered with %i', async (outcome, status, happens) => {
    const etag = await currentEtag();
    disturb(happens);
    expect((await save(wish, etag)).status).toBe(status);
    expect(await changes()).toMatchObject({ changes: [{ outcome }] });
  });

  it('shows a save with a lost answer as accepted when the list is read as it was sent, and so does the answer', async () => {
    const etag = await currentEtag();
    disturb(() => {
      Object.assign(office.stage.world.chat, { settings: wish });
      office.stage.world.disturbances.add(/PATCH \/settings/, 'server-error');
    });
    const answer = await save(wish, etag);
    expect([answer.status, await answer.json()]).toEqual([200, wish]);
    expect(await changes()).toMatchObject({ changes: [{ outcome: 'accepted' }] });
  });

  it('has no entry for a stale or invalid save', async () => {
    expect((await save(wish, '"older"')).status).toBe(412);
    expect((await save({}, await currentEtag())).status).toBe(400);
    expect(await changes()).toEqual({ changes: [] });
  });

  it('is for admins', async () => {
    const answer = await office.ask('supervisor', 'GET /history');
    expect(await outcomeOf(answer)).toEqual([403, 'ADMINS_ONLY']);
  });

  it('prevents a save when it cannot be written', async () => {
    const etag = await currentEtag();
    const config = {
      ...office.config,
      history: { ...office.config.history, intend: () => Promise.reject(new Error('no database')) },
    };
    const answer = await office.ask('admin', 'PATCH /settings', {
      config,
      body: wish,
      headers: { 'If-Match': etag },
    });
    expect(await outcomeOf(answer)).toEqual([503, 'DATABASE_DOWN']);
    expect(office.stage.world.chat.settings.userRoles).toContainEqual(roleRow(SELLER_A, 'seller'));
  });

  const disturbReading = (): void => office.stage.world.disturbances.add(/GET \/settings/, 'cut');
});
