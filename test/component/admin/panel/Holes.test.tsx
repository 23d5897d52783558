/** The panel says where roles and settings have no effect, in both languages. */
import { screen } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NOBODY, SELLER_A, SELLER_B } from '../../../world/people.ts';
import type { World } from '../../../world/world.ts';
import { giveRoles, held, settingsStage, type SettingsStage } from '../settings-stage.tsx';

let stage: SettingsStage;
beforeEach(() => {
  localStorage.clear();
  stage = settingsStage();
});
afterEach(() => stage.end());

const panelText = () =>
  screen.getByRole('region', { name: /^(Интеграция с CRM|CRM integration)$/ }).textContent;
const own = () => ({
  own: { chatUrl: stage.world.options.gatewayOrigin, standInOwners: [String(NOBODY)] },
});

/** Each limit with the account in which it applies. */
const HOLES: readonly {
  readonly hole: string;
  readonly sentences: readonly [RegExp, RegExp];
  readonly arrange?: (world: World) => void;
}[] = [
  {
    hole: 'roles apply in the chat window only',
    sentences: [/только в окне чатов Wazzup.*мобильном приложении/, /Wazzup chat window only.*mobile app/],
  },
  {
    hole: 'free users see no widgets and cannot take clients',
    sentences: [
      /виджеты не видны, брать клиентов нельзя: .*на платный доступ/,
      /sees no widgets and can’t take clients: .*paid seat/,
    ],
    arrange: ({ crm: { users } }) => {
      const seller = users.get(SELLER_A);
      if (seller) users.set(SELLER_A, { ...seller, isFree: true });
    },
  },
  {
    hole: 'sellers without the right to edit contacts cannot take a client',
    sentences: [
      /1 продавец не сможет брать клиентов из-за прав в CRM: .*изменять контакты/,
      /1 sales rep can’t take clients because of CRM permissions: .*edit contacts/,
    ],
    arrange: ({ crm }) => {
      const seller = crm.users.get(SELLER_A);
      if (seller) seller.contacts = { view: 'A', edit: 'M' };
    },
  },
];

describe.each(['ru', 'en'] as const)('the panel (%s)', language => {
  it.each(HOLES)('says that $hole', async ({ sentences: [ru, en], arrange }) => {
    stage.world.reset({ language });
    giveRoles(stage, held(SELLER_A, 'seller'), held(SELLER_B, 'seller'));
    arrange?.(stage.world);
    await stage.open(own());
    expect(panelText()).toMatch(language === 'ru' ? ru : en);
  });

  it('does not warn about rights and free users when every seller has a paid seat and the rights', async () => {
    stage.world.reset({ language });
    giveRoles(stage, held(SELLER_A, 'seller'));
    await stage.open(own());
    expect(panelText()).not.toMatch(/не сможет брать|брать клиентов нельзя|can’t take clients/);
    expect(panelText()).not.toMatch(/продавцы его получат|sales reps get it/);
  });

  it('says in the example with sales reps who else still sees a chat', async () => {
    stage.world.reset({ language });
    await stage.open(own());
    await userEvent.click(screen.getByRole('button', { name: /^(Выбрать|Select)$/ }));
    const example = await screen.findByRole('button', {
      name: /^(У каждого продавца свои клиенты|Each sales rep has their own clients)$/,
    });
    expect(example.closest('li')?.textContent).toMatch(
      language === 'ru'
        ? /коллега, который отвечает за открытую сделку этого клиента или за второй контакт с тем же номером/
        : /colleague with an open lead of this client, or with a second contact with the same number/,
    );
  });
});

it('the panel says nothing about the next refresh to an employee who cannot refresh', async () => {
  stage.person = SELLER_A;
  await stage.open(own());
  expect(panelText()).not.toMatch(/при следующем обновлении/);
});
