/** The visibility groups that the pages of a company get, and how often the CRM is asked for them. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ADMIN, SELLER_A, SELLER_B } from '../world/people.ts';
import { pipedriveOffice, type PipedriveOffice } from '../support/pipedrive-office.ts';

const HOUR = 3_600_000;

let office: PipedriveOffice;
beforeEach(async () => {
  office = await pipedriveOffice();
  for (const id of [ADMIN, SELLER_A, SELLER_B]) await office.allow(id);
  office.sent.length = 0;
});
afterEach(() => office.open.close());

const groupsFor = async (employeeId: number): Promise<unknown> =>
  (await (await office.ask(employeeId, 'GET /page')).json()).groups;
const questions = (): number => office.sent.filter(one => one.includes('v1/roles')).length;
const group = expect.objectContaining({ id: '1', parentId: null });

it('are read once an hour for all employees', async () => {
  for (const id of [SELLER_A, ADMIN, SELLER_A])
    expect(await groupsFor(id)).toEqual(expect.arrayContaining([group]));
  expect(questions()).toBe(1);
  office.world.clock.advance(HOUR);
  await groupsFor(SELLER_A);
  expect(questions()).toBe(2);
});

it('are still shown to others if one employee may not read them, and are not requested again', async () => {
  office.world.pipedrive.oddities.rolesShownTo = 'admins';
  expect([await groupsFor(SELLER_A), await groupsFor(SELLER_A), questions()]).toEqual([null, null, 1]);
  expect(await groupsFor(ADMIN)).toEqual(expect.arrayContaining([group]));
  // A complete answer serves everybody.
  for (const id of [SELLER_A, SELLER_B]) expect(await groupsFor(id)).toEqual(expect.arrayContaining([group]));
  expect(questions()).toBe(2);
});

it('are requested again after a failure, and the page opens without them', async () => {
  office.strike = async request =>
    request.url.includes('v1/roles') ? new Response('down', { status: 502 }) : undefined;
  expect(await groupsFor(SELLER_A)).toBeNull();
  office.strike = null;
  expect(await groupsFor(SELLER_A)).toEqual(expect.arrayContaining([group]));
});
