import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { SALES_CHANNEL, WHOLESALE_CHANNEL } from '../../../world/world.ts';
import { giveRoles, held, savedWith, settingsStage, type SettingsStage } from '../settings-stage.tsx';
import {
  ARTYOM,
  BORIS,
  choose,
  dialog,
  dialogIsGone,
  openDialog,
  press,
  roleOf,
  row,
  said,
  saveReviewed,
  tab,
  VERA,
} from './dialog-steps.ts';

let stage: SettingsStage;
beforeEach(() => {
  stage = settingsStage();
});
afterEach(() => stage.end());

const everywhere = () => userEvent.click(tab('Все каналы'));
const tick = (name: string) => userEvent.click(row(name).getByRole('checkbox'));

describe('an account without any role', () => {
  it('lists its employees and folds the examples, and applying one gives everyone a role', async () => {
    await openDialog(stage);
    await everywhere();
    const summary = screen.getByText('Примеры настройки');
    expect(summary.closest('details')?.open).toBe(false);
    await userEvent.click(summary);
    await press('У каждого продавца свои клиенты');
    const preview = within(screen.getByRole('group', { name: 'У каждого продавца свои клиенты' }));
    expect(preview.getByRole('status').textContent).toMatch(
      /получат роль «Менеджер».*Новых клиентов увидят все/,
    );
    expect(stage.world.chat.settings.userRoles).toEqual([]);
    await press('Применить');
    expect(said(ARTYOM)).toBe('Менеджер, получает новых клиентов, изменено');
    await saveReviewed();
    await dialogIsGone();
    expect(stage.world.chat.roleOf(String(SELLER_B), WHOLESALE_CHANNEL)).toEqual(
      held(SELLER_B, 'seller', WHOLESALE_CHANNEL),
    );
  });

  it('asks the admin to tick employees for an example that is about single people', async () => {
    await openDialog(stage);
    await press('Один человек на канале');
    expect(screen.getByText('Сначала отметьте в списке нужных сотрудников.')).toBeTruthy();
    await tick(VERA);
    expect(await screen.findByText(/1 сотрудник получит роль «Руководитель»/)).toBeTruthy();
    await press('Применить');
    expect([roleOf(VERA), roleOf(ARTYOM)]).toEqual(['Руководитель', 'Без роли']);
  });
});

describe('a channel that was added later', () => {
  it('can copy the roles of another channel', async () => {
    giveRoles(stage, held(SELLER_A, 'seller'), held(HEAD_OF_SALES, 'manager'));
    await openDialog(stage);
    await userEvent.click(tab('Опт'));
    const [copy] = dialog().getAllByLabelText('Скопировать с канала:');
    if (copy) await userEvent.selectOptions(copy, 'Продажи');
    expect([ARTYOM, BORIS, VERA].map(roleOf)).toEqual(['Менеджер', 'Без роли', 'Руководитель']);
    expect(screen.queryByText(/ещё нет ни одной роли/)).toBeNull();
  });
});

describe('ticked employees', () => {
  it('get one role together', async () => {
    await openDialog(stage);
    await tick(ARTYOM);
    await tick(BORIS);
    const bulk = within(screen.getByRole('group', { name: 'Что сделать с отмеченными' }));
    await userEvent.click(bulk.getByRole('button', { name: 'Контроль качества' }));
    expect([ARTYOM, BORIS, VERA].map(roleOf)).toEqual(['Контроль качества', 'Контроль качества', 'Без роли']);
  });

  it('get the same roles as a colleague', async () => {
    giveRoles(stage, held(SELLER_A, 'seller'), held(SELLER_A, 'auditor', WHOLESALE_CHANNEL));
    await openDialog(stage);
    await everywhere();
    await tick(BORIS);
    // The list is filled on hover or focus.
    await userEvent.hover(screen.getByLabelText('Как у коллеги:'));
    await userEvent.selectOptions(screen.getByLabelText('Как у коллеги:'), ARTYOM);
    await userEvent.click(tab('Опт'));
    expect(roleOf(BORIS)).toBe('Контроль качества');
  });
});

describe('new, former and unknown employees', () => {
  it('are marked as new, and get the role for new employees in the draft only', async () => {
    giveRoles(stage, held(SELLER_A, 'seller'), held(HEAD_OF_SALES, 'manager'));
    savedWith(stage, SELLER_A, HEAD_OF_SALES);
    const { gatewayOrigin } = stage.world.options;
    await openDialog(stage, {
      chatUrl: gatewayOrigin,
      newcomers: { 0: 'seller' },
      standInOwners: [String(NOBODY)],
    });
    expect(row(BORIS).getByText('Новый')).toBeTruthy();
    await press('Назначить роль группы');
    expect(roleOf(BORIS)).toBe('Менеджер');
    expect(stage.world.chat.roleOf(String(SELLER_B), SALES_CHANNEL)).toBeUndefined();
  });

  it('lose their roles in one step when they were deactivated', async () => {
    const boris = stage.world.crm.users.get(SELLER_B);
    if (boris) boris.isActive = false;
    giveRoles(
      stage,
      held(SELLER_A, 'seller'),
      held(SELLER_B, 'seller'),
      held(SELLER_B, 'manager', WHOLESALE_CHANNEL),
    );
    await openDialog(stage);
    expect(screen.getByText(/отключён в CRM, но роль осталась: Борис Белов/)).toBeTruthy();
    await press('Убрать роли');
    await press('Сохранить');
    await dialogIsGone();
    expect(stage.world.chat.settings.userRoles).toEqual([held(SELLER_A, 'seller')]);
  });

  it('leave clients behind: the dialog names the people who see these now and links to them', async () => {
    const boris = stage.world.crm.users.get(SELLER_B);
    if (boris) boris.isActive = false;
    giveRoles(stage, held(SELLER_A, 'seller'), held(SELLER_B, 'seller'), held(HEAD_OF_SALES, 'manager'));
    await openDialog(stage);
    expect(screen.getByText(/сейчас видят: Вера Волкова\./)).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Клиенты в CRM: Борис Белов' }).getAttribute('href')).toContain(
      String(SELLER_B),
    );
  });

  it('are listed when the CRM does not know them, and only a manual change removes their role', async () => {
    giveRoles(stage, held(SELLER_A, 'seller'), held(999, 'auditor'));
    await openDialog(stage);
    expect(row('Сотрудник 999').getByText('Нет в CRM')).toBeTruthy();
    await choose('Сотрудник 999', 'Без роли');
    await press('Сохранить');
    await dialogIsGone();
    expect(stage.world.chat.settings.userRoles).toEqual([held(SELLER_A, 'seller')]);
  });
});

describe('the last person who can answer on a channel', () => {
  beforeEach(() => giveRoles(stage, held(SELLER_A, 'seller')));
  const question = () => within(screen.getByRole('dialog', { name: 'Оставить канал без ответа?' }));

  it('keeps their role when the admin cancels the question', async () => {
    await openDialog(stage);
    await choose(ARTYOM, 'Контроль качества');
    await press('Сохранить');
    expect(question().getByText('Больше никто не сможет отвечать клиентам здесь: «Продажи».')).toBeTruthy();
    await userEvent.click(question().getByRole('button', { name: 'Вернуться к ролям' }));
    expect(stage.world.chat.settings.userRoles).toEqual([held(SELLER_A, 'seller')]);
    expect(roleOf(ARTYOM)).toBe('Контроль качества');
  });

  it('loses their role when the admin confirms the question', async () => {
    await openDialog(stage);
    await choose(ARTYOM, 'Контроль качества');
    await press('Сохранить');
    await userEvent.click(question().getByRole('button', { name: 'Всё равно сохранить' }));
    await dialogIsGone();
    expect(stage.world.chat.settings.userRoles).toEqual([held(SELLER_A, 'auditor')]);
  });
});

describe('the warnings', () => {
  it('name the channel and lead to it', async () => {
    giveRoles(stage, held(SELLER_A, 'seller'), held(HEAD_OF_SALES, 'manager'));
    await openDialog(stage);
    await everywhere();
    await userEvent.click(dialog().getByText(/^\d+ предупреждени/));
    expect(
      dialog().getByText('«Опт»: отвечать не может никто. Назначьте менеджера или руководителя.'),
    ).toBeTruthy();
    await press('Показать канал');
    await waitFor(() => expect(tab('Опт').getAttribute('aria-selected')).toBe('true'));
  });

  it('name the sellers who cannot take clients because of CRM permissions', async () => {
    const artyom = stage.world.crm.users.get(SELLER_A);
    if (artyom) artyom.contacts = { view: 'A', edit: 'M' };
    giveRoles(stage, held(SELLER_A, 'seller'));
    await openDialog(stage);
    await userEvent.click(dialog().getByText(/^\d+ предупреждени/));
    expect(
      dialog().getByText(/1 продавец не сможет брать клиентов из-за прав в CRM: Артём Алексеев/),
    ).toBeTruthy();
  });
});
