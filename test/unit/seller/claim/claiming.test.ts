/** The page's protocol of a press, with a simulated CRM, server and browsers. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Running } from '../../../../widget/seller/claim/press.ts';
import { Failure } from '../../../../widget/http/failure.ts';
import { Browser, kept, MINUTE, Office, only, pass, WAY_MS } from './simulated-office.ts';

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

const kinds = (running: readonly Running[]): readonly string[] =>
  running.map(({ state }) => state.value.kind);

describe('a press', () => {
  it('takes two round trips and two requests to the CRM until the client is mine', async () => {
    const pressed = only(a.press('1'));
    expect(pressed.state.value.kind).toBe('asking');
    await pass(2 * WAY_MS);
    expect(pressed.state.value.kind).toBe('writing');
    await pass(2 * WAY_MS);
    expect(pressed.state.value.kind).toBe('mine');
    expect(a.calls).toEqual(['grant', 'read', 'write', 'report']);
    await pass(2 * WAY_MS);
    expect(pressed.status.value).toMatchObject({ kind: 'known', claim: { state: 'stands' } });
    expect(kept(a)).toBe(0);
  });

  it('is stored before it is written, and removed when the server has its report', async () => {
    a.press('1');
    await pass(2 * WAY_MS);
    expect(office.writes).toEqual([]);
    expect(kept(a)).toBe(1);
    await pass(MINUTE);
    expect(kept(a)).toBe(0);
  });

  it('without a server only reads and writes in the CRM, and has no follow-ups', async () => {
    const alone = new Browser(office, 'c', false);
    const pressed = only(alone.press('1'));
    await pass(MINUTE);
    expect(alone.calls).toEqual(['read', 'write']);
    expect(pressed.state.value.kind).toBe('mine');
    expect(pressed.status.value).toEqual({ kind: 'no-server' });
    expect(kept(alone)).toBe(0);
  });

  it('does not write when the owner is not the one that the person saw, and releases its grant', async () => {
    office.record('b', '1', 'b');
    const pressed = only(a.press('1'));
    await pass(MINUTE);
    expect(pressed.state.value).toMatchObject({ kind: 'changed', contact: { ownerId: 'b' } });
    expect(a.calls).toEqual(['grant', 'read', 'report']);
    expect([...office.rows.values()].map(({ state }) => state)).toEqual(['released']);
  });

  it('of two people at the same time is written by one, and the other learns at once who it is', async () => {
    const mine = only(a.press('1'));
    const theirs = only(b.press('1'));
    await pass(2 * WAY_MS);
    expect(theirs.state.value).toEqual({ kind: 'held', by: 'a' });
    await pass(MINUTE);
    expect(mine.state.value.kind).toBe('mine');
    expect(theirs.state.value).toMatchObject({ kind: 'changed', contact: { ownerId: 'a' } });
    expect(office.writes).toEqual(['a']);
  });

  it('waits three seconds for the server, and then continues without its answer', async () => {
    a.weather['grant'] = [{ ms: 5000 }];
    const pressed = only(a.press('1'));
    await pass(2990);
    expect(a.calls).toEqual(['grant', 'read']);
    await pass(200);
    expect(pressed.state.value.kind).toBe('mine');
    await pass(MINUTE);
    expect(pressed.status.value).toMatchObject({ kind: 'known', claim: { state: 'stands' } });
  });

  it('is not written later than ten seconds after the grant, which is requested again', async () => {
    a.weather['write'] = [{ ms: 11_000 }];
    const pressed = only(a.press('1'));
    await pass(MINUTE);
    expect(a.calls).toEqual(['grant', 'read', 'write', 'grant', 'read', 'write', 'report']);
    expect(office.writes).toEqual(['a']);
    expect(office.rows.size).toBe(1);
    expect(pressed.state.value.kind).toBe('mine');
  });

  it('requests the grant again when the computer slept before the write', async () => {
    a.press('1');
    await pass(2 * WAY_MS);
    vi.setSystemTime(Date.now() + 3_600_000);
    await pass(MINUTE);
    expect(a.calls.filter(one => one === 'grant')).toHaveLength(2);
    expect(office.writes).toEqual(['a']);
  });

  it.each(['too-many', 'cancelled'] as const)('is tried again as the same press after %s', async code => {
    a.weather['write'] = [{ fails: new Failure(code, 'crm') }];
    a.press('1');
    await pass(MINUTE);
    expect(office.writes).toEqual(['a']);
    expect(office.rows.size).toBe(1);
  });

  it('is given up after several tries', async () => {
    a.weather['write'] = Array.from({ length: 9 }, () => ({ fails: new Failure('too-many', 'crm') }));
    const pressed = only(a.press('1'));
    await pass(5 * MINUTE);
    expect(a.calls.filter(one => one === 'write')).toHaveLength(4);
    expect(pressed.state.value).toMatchObject({ kind: 'failed', failure: { code: 'too-many' } });
    expect([...office.rows.values()].map(({ state }) => state)).toEqual(['released']);
    expect(kept(a)).toBe(0);
  });

  it.each(['forbidden', 'missing', 'unpaid'] as const)(
    'that the CRM refuses as %s has changed nothing',
    async code => {
      a.weather['write'] = [{ fails: new Failure(code, 'crm') }];
      const pressed = only(a.press('1'));
      await pass(MINUTE);
      expect(pressed.state.value.kind).toBe(code === 'unpaid' ? 'failed' : code);
      expect([...office.rows.values()].map(({ state }) => state)).toEqual(['released']);
      expect(kept(a)).toBe(0);
    },
  );

  it('is withdrawn when a person without the widget was faster', async () => {
    const pressed = only(a.press('1'));
    await pass(3 * WAY_MS - 1);
    // Without a grant, between the read and the write.
    office.record('c', '1', 'c');
    await pass(2 * WAY_MS);
    expect(pressed.state.value.kind).toBe('mine');
    await pass(MINUTE);
    expect(pressed.state.value).toMatchObject({ kind: 'withdrawn', ownerId: 'c' });
    expect(office.ownerOf('1')).toBe('c');
  });

  it('that has ended is no longer kept, and leaves no timer', async () => {
    a.press('1');
    expect(a.claiming.of('1')).not.toBeNull();
    await pass(MINUTE);
    expect(a.claiming.of('1')).toBeNull();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('gives a client to a colleague by the same protocol', async () => {
    office.record('a', '1', 'a');
    const pressed = only(a.press('1', 'a', 'b'));
    await pass(MINUTE);
    expect(pressed.state.value).toMatchObject({ kind: 'given', contact: { ownerId: 'b' } });
    expect(pressed.status.value).toMatchObject({ kind: 'known', claim: { state: 'stands' } });
    expect(office.writes).toEqual(['a']);
  });

  it('for fifty clients at once makes one request of each kind', async () => {
    const ids = Array.from({ length: 50 }, (_, at) => String(at));
    const pressed = a.press(ids);
    await pass(MINUTE);
    expect(new Set(kinds(pressed))).toEqual(new Set(['mine']));
    expect(a.calls).toEqual(['grant', 'read', 'write', 'report']);
  });
});
