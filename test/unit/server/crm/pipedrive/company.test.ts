/** A company as a whole, and what the server does in it without a page. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADMIN, HEAD_OF_SALES, SELLER_A, SELLER_B } from '../../../../world/people.ts';
import { ADDRESS, connectedCompany, type ConnectedCompany } from './connected-company.ts';
import { forever } from './scripted.ts';

const [A, B] = [String(SELLER_A), String(SELLER_B)];

let stage: ConnectedCompany;
beforeEach(async () => {
  stage = await connectedCompany();
});
afterEach(() => {
  expect(stage.world.unhandledRequests).toEqual([]);
});

const clients = () => stage.crm.clients('1', forever);
const addAnna = () =>
  stage.company.addPerson({ name: 'Anna', phones: ['+7 999 111-22-33'], ownerId: SELLER_A });

describe('the lists of a company', () => {
  it('have its people, with who is an administrator and who has left', async () => {
    stage.company.changeUser(ADMIN, SELLER_B, { isActive: false });
    const users = await stage.crm.lists('1', forever).users();
    const found = new Map(users.map(one => [one.id, [one.isAdmin, one.isActive]]));
    expect(found.get(String(ADMIN))).toEqual([true, true]);
    expect(found.get(A)).toEqual([false, true]);
    expect(found.get(B)).toEqual([false, false]);
    const isAdministrator = (id: number) => stage.crm.isAdministrator('1', String(id), forever);
    expect(await isAdministrator(ADMIN)).toBe(true);
    expect(await isAdministrator(HEAD_OF_SALES)).toBe(false);
  });

  it('have all of its clients, over several pages', async () => {
    const ids = Array.from({ length: 1203 }, () => addAnna().id);
    let listed = 0;
    const cost = await stage.costOf(async () => {
      listed = (await stage.crm.lists('1', forever).records('contacts')).length;
    });
    expect([listed, cost]).toEqual([ids.length, 30]);
  });

  it('have its pipelines with their stages in order', async () => {
    const { pipelines, stages } = stage.company;
    const named = ({ id, name }: { readonly id: number; readonly name: string }) => ({
      id: String(id),
      name,
    });
    expect(await stage.crm.lists('1', forever).pipelines()).toEqual(
      pipelines.map(pipeline => ({
        id: String(pipeline.id),
        name: pipeline.name,
        stages: stages.filter(one => one.pipelineId === pipeline.id).map(named),
      })),
    );
  });
});

it('a task for an administrator is created, found, postponed and completed', async () => {
  const tasks = stage.crm.tasks('1', forever);
  const text = `The chat service does not answer.\n${'More of it. '.repeat(40)}\n[crm-chat-roles:late]`;
  const due = new Date(stage.company.now());
  const id = await tasks.write(String(ADMIN), text, due);
  expect(await tasks.findOpen(String(ADMIN), '[crm-chat-roles:late]')).toBe(id);
  expect(await tasks.findOpen(A, '[crm-chat-roles:late]')).toBeNull();
  expect(await tasks.isOpen(id ?? '')).toBe(true);
  await tasks.remind(id ?? '', text, new Date(due.getTime() + 86_400_000));
  const [activity] = stage.company.activities.values();
  expect(activity).toMatchObject({ ownerId: ADMIN, personId: null, dealId: null, dueDate: '2026-11-03' });
  expect(activity?.subject.length).toBeLessThanOrEqual(255);
  await tasks.complete(id ?? '', 'It is over');
  expect(await tasks.isOpen(id ?? '')).toBe(false);
  expect(activity?.note).toContain('It is over');
  expect(await tasks.findOpen(String(ADMIN), '[crm-chat-roles:late]')).toBeNull();
});

it('whether the grant is valid is known, and stays unknown while the company’s budget is used up', async () => {
  expect(await stage.crm.letsIn('1', forever)).toBe(true);
  stage.company.limits.areOn = true;
  stage.company.limits.spend(stage.company.limits.tokensLeft());
  expect(await stage.crm.letsIn('1', forever)).toBeNull();
  expect(await stage.crm.isAdministrator('1', A, forever)).toBeNull();
  expect(await clients().works(A)).toBe(true);
  await expect(clients().contact(String(addAnna().id))).rejects.toMatchObject({ name: 'CrmUnanswered' });
  expect(await stage.crm.hooks.keep('1', ADDRESS, forever)).toBe('later');
});

it('a card is recognized by its path, at any address of a company', () => {
  const { addressOf, isAddressOf } = stage.crm.cards;
  expect(addressOf('https://acme.pipedrive.com', 'contacts', '77')).toBe(
    'https://acme.pipedrive.com/person/77',
  );
  expect(addressOf('https://acme.pipedrive.com', 'deals', '9')).toBe('https://acme.pipedrive.com/deal/9');
  expect(isAddressOf('https://other.pipedrive.com/person/77?x=1', 'contacts', '77')).toBe(true);
  expect(isAddressOf('https://acme.pipedrive.com/person/77', 'deals', '77')).toBe(false);
  expect(isAddressOf('https://acme.pipedrive.com/person/177', 'contacts', '77')).toBe(false);
  expect(isAddressOf('person 77', 'contacts', '77')).toBe(false);
  expect(isAddressOf(null, 'contacts', '77')).toBe(false);
});
