/**
 * Actions that people have no right to, tried through the interface. Where the page knows, it does not offer them. Where
 * the right was lost since or the page cannot know, the server refuses: the person sees why, and nothing has changed.
 */
import { screen, waitFor } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import ru from '../../../locales/ru.json' with { type: 'json' };
import type { World } from '../../world/world.ts';
import { ADMIN, HEAD_OF_SALES, SELLER_A, SELLER_B } from '../../world/people.ts';
import {
  CLAIM,
  button,
  cardStage,
  press as pressOnCard,
  seat,
  type CardStage,
} from '../seller/card/card-stage.tsx';
import { ARTYOM, choose, openDialog, press as pressInDialog, roleOf } from '../admin/roles/dialog-steps.ts';
import { press } from '../admin/panel/panel-steps.ts';
import { giveRoles, held, settingsStage, type SettingsStage } from '../admin/settings-stage.tsx';
import { allowTab, browserTab, openTrial, press as pressInTrial, send } from '../admin/trial/trial-steps.ts';

const { crm, chat } = ru.failure;
/** A failed read is repeated twice. */
const PATIENT = { timeout: 8000 };
const reads = (sentence: string) =>
  screen.findAllByText((_, element) => element?.textContent?.includes(sentence) ?? false, {}, PATIENT);

/** Everything of the chat service that a write could have changed. */
const stateOf = ({ chat: { users, contacts, deals, pipelines, settings, threads } }: World): string =>
  JSON.stringify([[...users], [...contacts], [...deals], pipelines, settings, threads]);

/** From now on the CRM's tokens are issued for another integration's server. */
function forgeTokens({ crm: { integration }, disturbances }: World): void {
  const own = integration.audience;
  const make = (audience: string) => () => {
    integration.audience = audience;
  };
  disturbances.add(/disposable_token/, make('https://elsewhere.example.com'), Infinity);
  disturbances.add(/ \/(v3|settings)/, make(own), Infinity);
}

describe('in the settings', () => {
  let stage: SettingsStage;
  beforeEach(() => {
    stage = settingsStage();
    giveRoles(stage, held(SELLER_A, 'seller'), held(HEAD_OF_SALES, 'auditor'), held(ADMIN, 'manager'));
    allowTab(browserTab());
  });
  afterEach(async () => {
    vi.unstubAllGlobals();
    await stage.end();
  });

  /** The CRM revokes the rights, and the token that still carries them expires. */
  const demote = (): void => {
    const { crm: office, clock } = stage.world;
    const admin = office.users.get(ADMIN);
    if (admin) admin.isAdmin = false;
    clock.advance(31 * 60_000);
  };

  it.each([
    ['a seller', SELLER_A],
    ['a quality controller', HEAD_OF_SALES],
    ['an employee without a role', SELLER_B],
  ])('%s finds nothing to press or fill in', async (_who, person) => {
    stage.person = person;
    const before = stateOf(stage.world);
    await stage.open();
    expect(await screen.findByText(/Менять настройки может только администратор CRM/)).toBeTruthy();
    for (const role of ['button', 'switch', 'checkbox', 'combobox', 'textbox', 'radio'])
      expect(screen.queryAllByRole(role)).toEqual([]);
    expect(stateOf(stage.world)).toBe(before);
  });

  /** Each press, the sentence that appears, and the steps before the rights are revoked. */
  const PRESSES: readonly (readonly [
    what: string,
    sentence: string,
    before: () => Promise<unknown>,
    press: () => Promise<unknown>,
  ])[] = [
    [
      '"Save" of the roles',
      chat.forbidden,
      async () => {
        await openDialog(stage);
        await choose(ARTYOM, 'Руководитель');
      },
      () => pressInDialog('Сохранить'),
    ],
    ['"Refresh"', crm.forbidden, () => stage.open(), () => press('Обновить данные из CRM')],
    [
      '"Notify supervisors"',
      chat.forbidden,
      () => stage.open(),
      () => userEvent.click(screen.getByRole('switch', { name: /Уведомлять руководителей/ })),
    ],
    ['"Test chats"', chat.forbidden, () => openTrial(stage), () => send()],
    [
      '"Give me a role"',
      chat.forbidden,
      async () => {
        giveRoles(stage, held(SELLER_A, 'seller'));
        await openTrial(stage);
      },
      () => pressInTrial('Дать мне роль «Руководитель»'),
    ],
  ];

  it.each(PRESSES)(
    '%s by a former administrator changes nothing and says: %s',
    async (_what, sentence, before, doPress) => {
      await before();
      demote();
      const state = stateOf(stage.world);
      await doPress();
      await reads(sentence);
      await stage.quiet();
      expect(stateOf(stage.world)).toBe(state);
    },
  );

  it('a refused save keeps the choices on screen', async () => {
    await openDialog(stage);
    await choose(ARTYOM, 'Руководитель');
    demote();
    await pressInDialog('Сохранить');
    await reads(chat.forbidden);
    expect(roleOf(ARTYOM)).toBe('Руководитель');
  });

  it('a token for another server gives no access to this gateway', async () => {
    forgeTokens(stage.world);
    await stage.open();
    await reads(chat['signed-out']);
    expect(stage.upstream).toEqual([]);
  });
});

describe('on a card', () => {
  let stage: CardStage;
  beforeEach(() => {
    stage = cardStage();
  });
  afterEach(() => stage.end());

  it.each([
    ['a quality controller', [seat(SELLER_A, 'auditor'), seat(SELLER_B)]],
    ['an employee without a role', [seat(SELLER_B)]],
  ] as const)('%s cannot claim a client once their roles are loaded', async (_who, roles) => {
    stage.roles(...roles);
    const before = stateOf(stage.world);
    stage.openCard().look();
    await screen.findByText(ru.claim.noRole);
    expect(button(CLAIM)).toBeNull();
    expect(stateOf(stage.world)).toBe(before);
    expect(stage.world.crm.ownerChanges).toEqual([]);
  });

  it.each([
    ['a quality controller', [seat(SELLER_A, 'auditor'), seat(SELLER_B)]],
    ['an employee without a role', [seat(SELLER_B)]],
  ] as const)(
    '%s who claims before their roles are loaded changes nothing in the chat service',
    async (_who, roles) => {
      stage.roles(...roles);
      const before = stateOf(stage.world);
      stage.openCard();
      await pressOnCard(CLAIM);
      await reads(ru.claim.followUp.noRole);
      await stage.quiet();
      expect(stateOf(stage.world)).toBe(before);
    },
  );

  it.each([
    ['removed', [seat(SELLER_B)]],
    ['changed to quality control', [seat(SELLER_A, 'auditor'), seat(SELLER_B)]],
  ] as const)(
    'a role that was %s while the card is open is checked again at the press',
    async (_how, roles) => {
      stage.openCard().look();
      await screen.findByText('Кто видит чаты этого клиента');
      stage.roles(...roles);
      const before = stateOf(stage.world);
      await pressOnCard(CLAIM);
      await reads(ru.claim.followUp.noRole);
      expect(stateOf(stage.world)).toBe(before);
    },
  );

  it('a token for another server changes nothing in the chat service', async () => {
    forgeTokens(stage.world);
    const before = stateOf(stage.world);
    stage.openCard();
    await pressOnCard(CLAIM);
    await reads(ru.claim.followUp.later);
    expect(stateOf(stage.world)).toBe(before);
    expect(stage.upstream).toEqual([]);
  });

  it.each(['http://evil.example', 'javascript:alert(1)'])(
    'an unsafe saved address (%s) gets no token',
    async chatUrl => {
      stage.openCard({ chatUrl });
      await pressOnCard(CLAIM);
      await reads(ru.claim.followUp.notConnected);
      expect(stage.requests.filter(one => /evil|disposable_token|javascript/.test(one))).toEqual([]);
    },
  );

  it('a seller who cannot edit contacts changes nothing in the CRM and in the chat service', async () => {
    const seller = stage.world.crm.users.get(SELLER_A);
    if (seller) Object.assign(seller, { contacts: { view: 'A', edit: 'D' } });
    const before = stateOf(stage.world);
    stage.openCard();
    await pressOnCard(CLAIM);
    await screen.findByText(ru.claim.forbidden, {}, PATIENT);
    expect(stateOf(stage.world)).toBe(before);
    expect(stage.world.crm.ownerChanges).toEqual([]);
  });

  it('a person who has logged out changes nothing', async () => {
    stage.openCard();
    stage.person = undefined;
    const before = stateOf(stage.world);
    await pressOnCard(CLAIM);
    await reads(crm['signed-out']);
    await waitFor(() => expect(stateOf(stage.world)).toBe(before));
    expect(stage.world.crm.ownerChanges).toEqual([]);
  });
});
