import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../../world/people.ts';
import { SALES_CHANNEL, WHOLESALE_CHANNEL } from '../../world/world.ts';
import { giveRoles, held, settingsStage, type SettingsStage } from '../settings-stage.tsx';
import {
  ARTYOM,
  BORIS,
  choose,
  dialog,
  dialogIsGone,
  openDialog,
  press,
  receivesNewClients,
  roleOf,
  row,
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
  it('starts from the examples, and one of them sets everybody up', async () => {
    await openDialog(stage);
    await everywhere();
    await press('Классический отдел продаж');
    const preview = within(screen.getByRole('group', { name: 'Классический отдел продаж' }));
    expect(preview.getByRole('status').textContent).toMatch(
      /получат роль «Менеджер».*Новых клиентов увидят все/,
    );
    expect(stage.world.chat.settings.userRoles).toEqual([]);
    await press('Применить');
    expect([roleOf(ARTYOM), receivesNewClients(ARTYOM)]).toEqual(['Менеджер', true]);
    await saveReviewed();
    await dialogIsGone();
    expect(stage.world.chat.roleOf(String(SELLER_B), WHOLESALE_CHANNEL)).toEqual(
      held(SELLER_B, 'seller', WHOLESALE_CHANNEL),
    );
  });

  it('asks to tick somebody for a case that is about single people', async () => {
    await openDialog(stage);
    await press('На сообщения отвечает один человек');
    expect(screen.getByText('Отметьте в списке тех, кого это касается.')).toBeTruthy();
    await tick(VERA);
    expect(await screen.findByText(/1 сотрудник получит роль «Руководитель»/)).toBeTruthy();
    await press('Применить');
    expect([roleOf(VERA), roleOf(ARTYOM)]).toEqual(['Руководитель', 'Без роли']);
  });
});

describe('all channels at once', () => {
  it('say where a role is not the same, and make it equal', async () => {
    giveRoles(
      stage,
      held(SELLER_A, 'seller'),
      held(SELLER_B, 'manager'),
      held(SELLER_B, 'manager', WHOLESALE_CHANNEL),
    );
    await openDialog(stage);
    await everywhere();
    expect(roleOf(ARTYOM)).toBe('');
    expect(row(ARTYOM).getByText(/Продажи: Менеджер, получает новых клиентов · Опт: Без роли/)).toBeTruthy();
    await choose(ARTYOM, 'Руководитель');
    expect(roleOf(ARTYOM)).toBe('Руководитель');
    await userEvent.click(tab('Опт'));
    expect(roleOf(ARTYOM)).toBe('Руководитель');
  });
});

describe('a channel that was added later', () => {
  it('starts from a copy of another one', async () => {
    giveRoles(stage, held(SELLER_A, 'seller'), held(HEAD_OF_SALES, 'manager'));
    await openDialog(stage);
    await userEvent.click(tab('Опт'));
    await press('Скопировать с канала «Продажи»');
    expect([ARTYOM, BORIS, VERA].map(roleOf)).toEqual(['Менеджер', 'Без роли', 'Руководитель']);
    expect(screen.queryByText(/ещё нет ни одной роли/)).toBeNull();
  });
});

describe('the people who are ticked', () => {
  it('get one role together', async () => {
    await openDialog(stage);
    await tick(ARTYOM);
    await tick(BORIS);
    const bulk = within(screen.getByRole('group', { name: 'Что сделать с отмеченными' }));
    await userEvent.click(bulk.getByRole('button', { name: 'Контроль качества' }));
    expect([ARTYOM, BORIS, VERA].map(roleOf)).toEqual(['Контроль качества', 'Контроль качества', 'Без роли']);
  });

  it('become the same as a colleague', async () => {
    giveRoles(stage, held(SELLER_A, 'seller'), held(SELLER_A, 'auditor', WHOLESALE_CHANNEL));
    await openDialog(stage);
    await everywhere();
    await tick(BORIS);
    await userEvent.selectOptions(screen.getByLabelText('Как у коллеги:'), ARTYOM);
    await userEvent.click(tab('Опт'));
    expect(roleOf(BORIS)).toBe('Контроль качества');
  });
});

describe('people who came, left or are unknown', () => {
  it('come first when they are new, and get the newcomers’ role in the draft only', async () => {
    giveRoles(stage, held(SELLER_A, 'seller'), held(HEAD_OF_SALES, 'manager'));
    const { gatewayOrigin } = stage.world.options;
    await openDialog(stage, {
      chatUrl: gatewayOrigin,
      newcomers: { 0: 'seller' },
      standInOwners: [String(NOBODY)],
    });
    expect(row(BORIS).getByText('Новый: роли ещё нет')).toBeTruthy();
    await press('Дать роль новичков');
    expect(roleOf(BORIS)).toBe('Менеджер');
    expect(stage.world.chat.roleOf(String(SELLER_B), SALES_CHANNEL)).toBeUndefined();
  });

  it('are offered their new group’s role when a refresh finds them moved', async () => {
    const { gatewayOrigin } = stage.world.options;
    giveRoles(stage, held(SELLER_A, 'auditor'), held(HEAD_OF_SALES, 'manager'));
    await openDialog(stage, { chatUrl: gatewayOrigin, newcomers: { 493002: 'seller' } });
    await press('Обновить данные из CRM');
    await within(screen.getByRole('dialog')).findByText(/^Готово/);
    const artyom = stage.world.crm.users.get(SELLER_A);
    if (artyom) artyom.groupId = 493_002;
    await press('Обновить данные из CRM');
    await userEvent.click(await screen.findByRole('button', { name: 'Дать роль новой группы' }));
    expect(roleOf(ARTYOM)).toBe('Менеджер');
    expect(stage.world.chat.roleOf(String(SELLER_A), SALES_CHANNEL)?.role).toBe('auditor');
  });

  it('lose their roles at once when they were deactivated', async () => {
    const boris = stage.world.crm.users.get(SELLER_B);
    if (boris) boris.isActive = false;
    giveRoles(
      stage,
      held(SELLER_A, 'seller'),
      held(SELLER_B, 'seller'),
      held(SELLER_B, 'manager', WHOLESALE_CHANNEL),
    );
    await openDialog(stage);
    expect(screen.getByText(/отключён в CRM, но у него осталась роль: Борис Белов/)).toBeTruthy();
    await press('Убрать роли');
    await press('Сохранить');
    await dialogIsGone();
    expect(stage.world.chat.settings.userRoles).toEqual([held(SELLER_A, 'seller')]);
  });

  it('leave clients behind: they are counted, and it is said who sees them now', async () => {
    const boris = stage.world.crm.users.get(SELLER_B);
    if (boris) boris.isActive = false;
    giveRoles(stage, held(SELLER_A, 'seller'), held(SELLER_B, 'seller'), held(HEAD_OF_SALES, 'manager'));
    for (let id = 1; id <= 130; id += 1) {
      const owner = id <= 121 ? SELLER_B : SELLER_A;
      stage.world.chat.contacts.set(String(id), {
        id: String(id),
        responsibleUserId: String(owner),
        name: `Client ${id}`,
        contactData: [{ chatType: 'whatsapp', chatId: `7916${id}` }],
      });
    }
    await openDialog(stage);
    await press('Посчитать их клиентов');
    expect(await screen.findByText('Борис Белов: 121 клиент.', { exact: false })).toBeTruthy();
    expect(screen.getByText(/сейчас видят: Вера Волкова\./)).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Открыть список в CRM' }).getAttribute('href')).toContain(
      String(SELLER_B),
    );
  });

  it('are listed and kept when the CRM does not know them, and go by hand only', async () => {
    giveRoles(stage, held(SELLER_A, 'seller'), held(999, 'auditor'));
    await openDialog(stage);
    expect(row('Сотрудник 999').getByText('Нет в CRM')).toBeTruthy();
    await choose('Сотрудник 999', 'Без роли');
    await press('Сохранить');
    await dialogIsGone();
    expect(stage.world.chat.settings.userRoles).toEqual([held(SELLER_A, 'seller')]);
  });
});

describe('the last person who may answer a channel', () => {
  beforeEach(() => giveRoles(stage, held(SELLER_A, 'seller')));
  const question = () => within(screen.getByRole('dialog', { name: 'Оставить канал без ответа?' }));

  it('stays when I think again', async () => {
    await openDialog(stage);
    await choose(ARTYOM, 'Контроль качества');
    await press('Сохранить');
    expect(
      question().getByText('На канале «Продажи» больше никто не сможет отвечать клиентам.'),
    ).toBeTruthy();
    await userEvent.click(question().getByRole('button', { name: 'Вернуться к ролям' }));
    expect(stage.world.chat.settings.userRoles).toEqual([held(SELLER_A, 'seller')]);
    expect(roleOf(ARTYOM)).toBe('Контроль качества');
  });

  it('goes with a loud yes', async () => {
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

  it('say which sellers the CRM does not let take clients', async () => {
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
