/** A colleague still sees the chat because they are responsible for a second contact with the client's number. */
import { screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CrmContact } from '../../../world/crm.ts';
import { SELLER_A, SELLER_B } from '../../../world/people.ts';
import { CLAIM, cardStage, press, type CardStage } from './card-stage.tsx';

const TITLE = 'Кто видит чаты этого клиента';
const NAMED = 'Борис Белов тоже видит чат: отвечает за второй контакт с тем же номером.';

let stage: CardStage;
beforeEach(() => {
  stage = cardStage();
});
afterEach(() => stage.end());

/** A second contact with the client's number that the chat service knows. */
function second(responsible: number): CrmContact {
  const { chat, crm } = stage.world;
  const [phone = ''] = stage.client.phones;
  const contact = crm.addContact('Анна (жена)', [phone], responsible);
  const id = String(contact.id);
  chat.contacts.set(id, {
    id,
    responsibleUserId: String(responsible),
    name: contact.name,
    contactData: [{ chatType: 'whatsapp', chatId: phone.replaceAll(/\D/g, '') }],
  });
  return contact;
}
const asked = (): number => stage.called.filter(one => one === 'chat.others').length;

it('the colleague is named once the card is looked at, and is not looked up before', async () => {
  second(SELLER_B);
  const first = stage.openCard();
  await press(CLAIM);
  await screen.findByText(/Чат исчез у других продавцов/);
  expect(asked()).toBe(0);
  first.look();
  expect(await screen.findByText(NAMED)).toBeTruthy();
  expect(screen.queryByText(/жена/)).toBeNull();
});

it('the colleague is not listed among those who no longer see the chat', async () => {
  second(SELLER_B);
  stage.client.responsibleUserId = SELLER_B;
  stage.openCard({ claims: { fromColleague: 'freely' } }).look();
  await screen.findByText(TITLE);
  await waitFor(() => expect(asked()).toBe(1));
  await press('Забрать клиента');
  expect(await screen.findByText(NAMED)).toBeTruthy();
  expect(screen.queryByText(/Больше не видят чат/)).toBeNull();
});

it('the colleague is left out when they cannot be looked up, and the rest is shown', async () => {
  second(SELLER_B);
  stage.client.responsibleUserId = SELLER_A;
  stage.broken.add('chat.others');
  stage.openCard().look();
  await screen.findByText(TITLE);
  await waitFor(() => expect(asked()).toBeGreaterThan(0));
  expect(screen.queryByText(NAMED)).toBeNull();
});

it('the colleague is not named when none of their roles shows them the chat', async () => {
  stage.roles(...stage.world.chat.settings.userRoles.filter(({ userId }) => userId !== String(SELLER_B)));
  second(SELLER_B);
  stage.client.responsibleUserId = SELLER_A;
  stage.openCard().look();
  await screen.findByText(TITLE);
  await waitFor(() => expect(asked()).toBe(1));
  await stage.quiet();
  expect(screen.queryByText(NAMED)).toBeNull();
});
