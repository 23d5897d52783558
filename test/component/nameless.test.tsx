/** People and things without a name, on each surface: everything that can be pressed, chosen or read out has a name. */
import { screen, within } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isBlank } from '../../domain/blank.ts';
import { ADMIN, HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../world/people.ts';
import { SALES_CHANNEL } from '../world/world.ts';
import type { World } from '../world/world.ts';
import { cardStage, CLAIM, press, seat } from './seller/card/card-stage.tsx';
import { dialog, openDialog } from './admin/roles/dialog-steps.ts';
import { giveRoles, held, settingsStage } from './admin/settings-stage.tsx';
import { dialog as trial, openTrial } from './admin/trial/trial-steps.ts';

const ROLES = [
  'link',
  'button',
  'checkbox',
  'radio',
  'switch',
  'row',
  'tab',
  'option',
  'combobox',
  'heading',
];
const nameless = (): readonly string[] =>
  ROLES.flatMap(role => screen.queryAllByRole(role, { name: isBlank }).map(one => one.outerHTML));

function blankEverything({ crm, chat }: World, blank: string): void {
  for (const user of crm.users.values()) user.name = blank;
  for (const id of crm.groups.keys()) crm.groups.set(id, blank);
  for (const contact of crm.contacts.values()) contact.name = blank;
  for (const lead of crm.leads.values()) lead.name = blank;
  chat.channels.forEach((channel, at) => {
    chat.channels[at] = { ...channel, name: blank, plainId: blank };
  });
}

let end: () => Promise<void>;
afterEach(async () => {
  await end();
  vi.unstubAllGlobals();
});

describe.each(['', ' \u00A0', '\u200B\u2063', '\u3164'])('when all names are %j', blank => {
  it('the settings and the roles name each employee by an id', async () => {
    const stage = settingsStage();
    ({ end } = stage);
    giveRoles(stage, held(SELLER_A, 'seller'), held(9999, 'seller'));
    blankEverything(stage.world, blank);
    await openDialog(stage, {
      chatUrl: stage.world.options.gatewayOrigin,
      standInOwners: [String(NOBODY)],
    });
    for (const id of [ADMIN, SELLER_A, SELLER_B, HEAD_OF_SALES, NOBODY, 9999])
      expect(dialog().getByRole('row', { name: new RegExp(`^Сотрудник ${id}, строка`) })).toBeTruthy();
    expect(dialog().getByRole('tab', { name: new RegExp(`^Канал ${SALES_CHANNEL}`) })).toBeTruthy();
    expect(nameless()).toEqual([]);
  });

  it('the test of chats names the template by an id', async () => {
    const stage = settingsStage();
    ({ end } = stage);
    giveRoles(stage, held(ADMIN, 'manager'));
    const [sales] = stage.world.chat.channels;
    if (sales) stage.world.chat.channels[0] = { ...sales, transport: 'wapi' };
    stage.world.chat.templates.push({
      templateGuid: 't-1',
      name: blank,
      status: 'approved',
      text: 'Добрый день!',
    });
    blankEverything(stage.world, blank);
    await openTrial(stage);
    const choice = await trial().findByRole('combobox', { name: /Шаблон/ });
    expect(within(choice).getByRole('option', { name: 'Шаблон t-1' })).toBeTruthy();
    expect(nameless()).toEqual([]);
  });

  it('a card names the client’s deal and the colleague by their ids', async () => {
    const stage = cardStage();
    ({ end } = stage);
    stage.roles(seat(SELLER_A), seat(HEAD_OF_SALES, 'manager'));
    const deal = stage.world.crm.addLead('', [stage.client.id], HEAD_OF_SALES);
    blankEverything(stage.world, blank);
    stage.openCard({ claims: { deals: 'ask' } }).look();
    expect(await screen.findByRole('link', { name: `Сделка ${deal.id}` })).toBeTruthy();
    expect(await screen.findAllByText(new RegExp(`Сотрудник ${HEAD_OF_SALES}`))).toBeTruthy();
    expect(nameless()).toEqual([]);
    await press(CLAIM);
    await screen.findByText(/Чат исчез у других продавцов/);
    expect(stage.world.chat.contacts.get(String(stage.client.id))?.name).toMatch(/^\d{11}$/);
    expect(nameless()).toEqual([]);
  });

  it('a card names the responsible colleague by an id before any request is sent', async () => {
    const stage = cardStage();
    ({ end } = stage);
    stage.client.responsibleUserId = SELLER_B;
    blankEverything(stage.world, blank);
    stage.openCard();
    expect(screen.getByText(`Отвечает: Сотрудник ${SELLER_B}`)).toBeTruthy();
    expect(stage.requests).toEqual([]);
  });
});
