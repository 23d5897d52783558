/** A card looks again whenever the CRM notifies its page, except about the card's own write. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { noticing, type Noticing } from '../../../../widget/seller/card/model/noticing.ts';

let glances = 0;
let notice: Noticing;
beforeEach(() => {
  vi.useFakeTimers();
  glances = 0;
  notice = noticing({
    account: '31',
    contactId: '501',
    look: () => undefined,
    glance: () => (glances += 1),
  });
});
afterEach(() => {
  notice.remove();
  vi.useRealTimers();
});
const wait = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
/** The CRM notifies the page of each field that a write changes. */
const told = (): void => [1, 2, 3].forEach(() => notice.changed());

it('a change is looked at once, however often it is told', async () => {
  told();
  await wait(5000);
  expect(glances).toBe(1);
});

it.each([
  ['after its answer', 100],
  ['before its answer', -100],
])('the card’s own write is not looked at, told %s', async (_when, ms) => {
  if (ms > 0) notice.looked(true);
  else told();
  await wait(Math.abs(ms));
  if (ms > 0) told();
  else notice.looked(true);
  await wait(5000);
  expect(glances).toBe(0);
});

it('what somebody else writes right after the card’s own write is looked at', async () => {
  notice.looked(true);
  await wait(50);
  told();
  await wait(600);
  told();
  await wait(5000);
  expect(glances).toBe(1);
});

it('what somebody else writes right after a press that wrote nothing is looked at', async () => {
  notice.looked(false);
  await wait(50);
  told();
  await wait(5000);
  expect(glances).toBe(1);
});

it.each([
  ['is looked at once a press that wrote nothing is over', false, 1],
  ['is that press’s own if it wrote', true, 0],
])('what the CRM tells while a press is under way %s', async (_what, wrote, looks) => {
  notice.missed();
  notice.looked(wrote);
  await wait(5000);
  expect(glances).toBe(looks);
});
