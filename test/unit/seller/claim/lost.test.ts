/** Lost answers, an unreachable server, pages that close, and two tabs, with a simulated office. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NO_PLAN } from '../../../../widget/seller/claim/press.ts';
import { Failure } from '../../../../widget/http/failure.ts';
import { Browser, kept, MINUTE, NOBODY, Office, only, pass, WAY_MS } from './simulated-office.ts';

let office: Office;
let a: Browser;
let b: Browser;
beforeEach(() => {
  vi.useFakeTimers({ now: 1_762_000_000_400 });
  office = new Office();
  a = new Browser(office, 'a');
  b = new Browser(office, 'b');
});
afterEach(() => {
  a.claiming.stop();
  b.claiming.stop();
  vi.useRealTimers();
});

describe('a write whose answer was lost', () => {
  it('counts as mine as soon as the CRM shows it, and is sent once', async () => {
    a.weather['write'] = [{ lost: true }];
    const pressed = only(a.press('1'));
    await pass(8130);
    expect(pressed.state.value.kind).toBe('checking');
    await pass(1000);
    expect(pressed.state.value.kind).toBe('mine');
    expect(office.writes).toEqual(['a']);
    expect([...office.rows.values()]).toMatchObject([{ outcome: 'unknown', state: 'stands' }]);
  });

  it('is unknown until it arrives', async () => {
    a.weather['write'] = [{ arrivesAfter: 20_000 }];
    const pressed = only(a.press('1'));
    await pass(12_000);
    expect(pressed.state.value.kind).toBe('unknown');
    await pass(MINUTE);
    expect(pressed.state.value.kind).toBe('mine');
    expect(office.writes).toEqual(['a']);
  });

  it('counts as failed when the CRM does not show it within a minute', async () => {
    a.weather['write'] = [{ fails: new Failure('timeout', 'crm') }];
    const pressed = only(a.press('1'));
    await pass(2 * MINUTE);
    expect(pressed.state.value).toMatchObject({ kind: 'failed', failure: { code: 'timeout' } });
    expect(a.calls.filter(one => one === 'write')).toHaveLength(1);
  });

  it('is unknown when the CRM cannot be asked, and is checked again when the person comes back', async () => {
    a.weather['write'] = [{ lost: true }];
    const pressed = only(a.press('1'));
    await pass(1000);
    a.weather['read'] = Array.from({ length: 7 }, () => ({ fails: new Failure('no-answer', 'crm') }));
    // The server has no report either.
    a.weather['latest'] = Array.from({ length: 9 }, () => ({ fails: new Failure('no-answer', 'chat') }));
    a.weather['report'] = a.weather['latest'];
    await pass(2 * MINUTE);
    expect(pressed.state.value).toMatchObject({ kind: 'unknown', gaveUp: true });
    a.wake();
    await pass(2000);
    expect(pressed.state.value.kind).toBe('mine');
    expect(office.writes).toEqual(['a']);
  });

  it('counts as changed when the CRM shows another owner', async () => {
    a.weather['write'] = [{ fails: new Failure('timeout', 'crm') }];
    const pressed = only(a.press('1'));
    await pass(1000);
    office.record('b', '1', 'b');
    await pass(MINUTE);
    expect(pressed.state.value).toMatchObject({ kind: 'changed', contact: { ownerId: 'b' } });
  });

  it('does not decide a newer press', async () => {
    a.weather['write'] = [{ arrivesAfter: 20_000 }];
    const older = only(a.press('1'));
    await pass(9000);
    const newer = only(a.press('1'));
    await pass(2 * MINUTE);
    expect(newer.state.value.kind).toBe('mine');
    expect(['checking', 'unknown']).toContain(older.state.value.kind);
    expect(a.claiming.of('1')).toBeNull();
  });
});

describe('a server that cannot be reached', () => {
  beforeEach(() => {
    office.isServerDown = true;
  });

  it('gets the report later, without another action', async () => {
    const pressed = only(a.press('1'));
    await pass(2000);
    expect(pressed.state.value.kind).toBe('mine');
    expect(pressed.status.value).toMatchObject({ kind: 'later', failure: { code: 'no-answer' } });
    expect(kept(a)).toBe(1);
    office.isServerDown = false;
    await pass(MINUTE);
    expect(pressed.status.value).toMatchObject({ kind: 'known', claim: { state: 'stands' } });
    expect(kept(a)).toBe(0);
  });

  it('gets the report at once when the page wakes up', async () => {
    const pressed = only(a.press('1'));
    await pass(10 * MINUTE);
    office.isServerDown = false;
    a.wake();
    await pass(200);
    expect(pressed.status.value.kind).toBe('known');
  });

  it('withdraws the claim later if another person was first', async () => {
    const pressed = only(a.press('1'));
    await pass(3 * WAY_MS - 1);
    office.record('c', '1', 'c');
    await pass(MINUTE);
    expect(pressed.state.value.kind).toBe('mine');
    office.isServerDown = false;
    await pass(10 * MINUTE);
    expect(pressed.state.value).toMatchObject({ kind: 'withdrawn', ownerId: 'c' });
  });

  it('is asked less and less often', async () => {
    a.press('1');
    await pass(60 * MINUTE);
    expect(a.calls.filter(one => one === 'report').length).toBeLessThan(20);
  });

  it('that refuses a report for good does not get it again', async () => {
    office.isServerDown = false;
    a.weather['report'] = [{ fails: new Failure('refused', 'chat') }];
    const pressed = only(a.press('1'));
    await pass(10 * MINUTE);
    expect(a.calls.filter(one => one === 'report')).toHaveLength(1);
    expect(pressed.status.value).toEqual({ kind: 'none' });
    expect(kept(a)).toBe(0);
  });
});

describe('a page that is closed', () => {
  it('sends nothing more, and leaves its report to the next page', async () => {
    office.isServerDown = true;
    a.press('1');
    await pass(1000);
    a.claiming.stop();
    const asked = a.calls.length;
    a.wake();
    await pass(10 * MINUTE);
    expect(a.calls).toHaveLength(asked);
    office.isServerDown = false;
    a.reload();
    await pass(MINUTE);
    expect([...office.rows.values()].map(({ state }) => state)).toEqual(['stands']);
    expect(a.claiming.of('1')).toBeNull();
  });

  it('does not send a write that it has not sent yet', async () => {
    a.press('1');
    await pass(WAY_MS);
    a.claiming.stop();
    await pass(MINUTE);
    expect(office.writes).toEqual([]);
    expect(office.ownerOf('1')).toBe(NOBODY);
  });
});

describe('two tabs of one person', () => {
  it('take a client over once, and both show it', async () => {
    const other = a.open();
    const [one] = a.press('1');
    const [two] = other.press('a', [{ contactId: '1', base: NOBODY, plan: NO_PLAN }]);
    await pass(2 * MINUTE);
    expect([one, two].map(running => running?.state.value.kind)).toEqual(['mine', 'mine']);
    expect(office.log.get('1')).toHaveLength(1);
    expect(kept(a)).toBe(0);
    other.stop();
  });

  it('both report a stored claim, which has one effect', async () => {
    office.isServerDown = true;
    a.press('1');
    await pass(2000);
    a.reload();
    const other = a.open();
    office.isServerDown = false;
    await pass(2 * MINUTE);
    expect([...office.rows.values()].map(({ state }) => state)).toEqual(['stands']);
    expect(office.writes).toEqual(['a']);
    expect(kept(a)).toBe(0);
    other.stop();
  });
});
