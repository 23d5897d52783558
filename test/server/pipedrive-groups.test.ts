/** Which visibility groups the pages of a company are told of, and how often the CRM is asked for them. */
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

it('are read once an hour, whoever looks', async () => {
  for (const id of [SELLER_A, ADMIN, SELLER_A])
    expect(await groupsFor(id)).toEqual(expect.arrayContaining([group]));
  expect(questions()).toBe(1);
  office.world.clock.advance(HOUR);
  await groupsFor(SELLER_A);
  expect(questions()).toBe(2);
});

it('that somebody may not read are kept from nobody else, and they are not asked for again', async () => {
  office.world.pipedrive.oddities.rolesShownTo = 'admins';
  expect([await groupsFor(SELLER_A), await groupsFor(SELLER_A), questions()]).toEqual([null, null, 1]);
  expect(await groupsFor(ADMIN)).toEqual(expect.arrayContaining([group]));
  // What came whole is everybody's.
  for (const id of [SELLER_A, SELLER_B]) expect(await groupsFor(id)).toEqual(expect.arrayContaining([group]));
  expect(questions()).toBe(2);
});

it('that could not be read once are asked for again, and the page opens without them', async () => {
  office.strike = async request =>
    request.url.includes('v1/roles') ? new Response('down', { status: 502 }) : undefined;
  expect(await groupsFor(SELLER_A)).toBeNull();
  office.strike = null;
  expect(await groupsFor(SELLER_A)).toEqual(expect.arrayContaining([group]));
});
