/** The panel's history: who changed what. Earlier roles can be restored as a draft. */
import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import ru from '../../../../locales/ru.json' with { type: 'json' };
import type { What } from '../../../../server/history/change.ts';
import { ADMIN, HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { ARTYOM, BORIS, choose, dialog as roles, openDialog, press, roleOf } from '../roles/dialog-steps.ts';
import { accountOf, giveRoles, held, settingsStage, type SettingsStage } from '../settings-stage.tsx';

let stage: SettingsStage;
beforeEach(() => {
  stage = settingsStage();
  giveRoles(stage, held(SELLER_A, 'seller'), held(HEAD_OF_SALES, 'manager'));
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await stage.end();
});

const dialog = () => within(screen.getByRole('dialog', { name: ru.history.title }));
async function openHistory(): Promise<void> {
  await userEvent.click(await screen.findByRole('button', { name: ru.history.title }));
  await screen.findByRole('dialog', { name: ru.history.title });
  await waitFor(() => expect(dialog().queryByText(ru.history.reading)).toBeNull(), { timeout: 9000 });
}
const entries = () =>
  dialog()
    .queryAllByRole('listitem')
    .filter(one => one.querySelector('strong'))
    .map(one => one.textContent ?? '');
async function happened(what: What, before: unknown, after: unknown, employeeId = ADMIN): Promise<void> {
  const account = accountOf(stage);
  const change = { account, employeeId: String(employeeId), origin: null, what, before, after };
  const settle = await stage.memory.history.intend(change);
  await settle('accepted');
}
const list = (...userRoles: object[]) => ({ userRoles });

describe('the history', () => {
  it('shows who gave which role to which employee, on which channel, and when', async () => {
    await openDialog(stage);
    await choose(ARTYOM, 'Руководитель');
    await choose(BORIS, 'Контроль качества');
    await press('Сохранить');
    await openHistory();
    const [entry] = entries();
    expect(entries()).toHaveLength(1);
    expect(entry).toMatch(/^Роли сотрудников/);
    expect(entry).toMatch(/Ольга Крылова, сегодня, \d\d:\d\d/);
    expect(entry).toContain('Артём Алексеев, Продажи: Менеджер → Руководитель');
    expect(entry).toContain('Получает новых клиентов, Артём Алексеев, Продажи: да → нет');
    expect(entry).toContain('Борис Белов, Продажи: Без роли → Контроль качества');
  });

  it('shows changes of own settings in the panel’s words, newest first', async () => {
    await stage.open();
    await userEvent.selectOptions(screen.getByLabelText(/Кому CRM отдаёт/), 'Ничьи клиенты');
    await screen.findByText(ru.own.saved);
    await userEvent.click(screen.getByRole('switch', { name: 'Оставлять примечание в ленте контакта' }));
    await waitFor(() => expect(screen.getByText(ru.own.saved)).toBeTruthy());
    await openHistory();
    await waitFor(() => expect(entries()).toHaveLength(2));
    expect(entries()[0]).toContain('Оставлять примечание в ленте контакта: да → нет');
    expect(entries()[1]).toContain('Ничьи клиенты, Ничьи клиенты: нет → да');
  });

  it('shows connections, grants, and a value that only a later version knows', async () => {
    await happened('chat-connection', { keyKind: null }, { keyKind: 'partner' });
    await happened('crm-grant', { isGiven: false }, { isGiven: true });
    await happened('chat-connection', { keyKind: 'partner' }, { keyKind: 'later' });
    await stage.open();
    await openHistory();
    const [later, grant, connection] = entries();
    expect(later).toContain('роли можно назначать здесь → later');
    expect(grant).toMatch(/^Доступ к CRM.*Не из окна CRM.*Доступ дан: нет → да$/);
    expect(connection).toContain('Подключение: не подключено → роли можно назначать здесь');
  });

  it.each([
    ['refused', 'Не сохранено'],
    ['unknown', 'Неизвестно, сохранено ли'],
  ] as const)('says that a save was %s', async (outcome, words) => {
    const { history } = stage.memory;
    const account = accountOf(stage);
    const change = { account, employeeId: String(ADMIN), origin: 'x', what: 'roles' as const };
    const settle = await history.intend({ ...change, before: list(), after: list(held(SELLER_B, 'seller')) });
    await settle(outcome);
    await stage.open();
    await openHistory();
    expect(entries()[0]).toContain(words);
    const offered = dialog().queryByRole('button', { name: ru.history.bringBack });
    expect(offered === null).toBe(outcome === 'refused');
  });

  it('shows an error when it cannot be read, and says that it is empty after a retry that succeeds', async () => {
    await stage.open();
    stage.world.disturbances.add(/^GET \/history/, 'cut', Infinity);
    await openHistory();
    expect((await dialog().findByRole('alert')).textContent).toMatch(/История не загрузилась/);
    stage.world.disturbances.clear();
    await userEvent.click(dialog().getByRole('button', { name: ru.failure.retry }));
    expect(await dialog().findByText(ru.history.none)).toBeTruthy();
  });

  it('loads the next page on request, and can be filtered by one person', async () => {
    for (let at = 0; at < 53; at += 1)
      await happened('crm-grant', { isGiven: false }, { isGiven: true }, at === 0 ? NOBODY : ADMIN);
    const nobody = stage.world.crm.users.get(NOBODY);
    if (nobody) nobody.isAdmin = true;
    await stage.open();
    await openHistory();
    expect(entries()).toHaveLength(50);
    await userEvent.click(dialog().getByRole('button', { name: ru.history.readOn }));
    await waitFor(() => expect(entries()).toHaveLength(53));
    expect(dialog().queryByRole('button', { name: ru.history.readOn })).toBeNull();
    await userEvent.selectOptions(dialog().getByLabelText(ru.history.who), 'Ничьи клиенты');
    await waitFor(() => expect(entries()).toHaveLength(1));
    expect(entries()[0]).toContain('Ничьи клиенты, ');
  });

  it('can be downloaded as a file for a spreadsheet, in which no employee’s name works as a formula', async () => {
    const artyom = stage.world.crm.users.get(SELLER_A);
    if (artyom) artyom.name = '=1+1';
    const saved: Blob[] = [];
    await happened('roles', list(), list(held(SELLER_A, 'auditor')));
    await stage.open();
    await openHistory();
    const url = vi.spyOn(URL, 'createObjectURL').mockImplementation(blob => {
      if (blob instanceof Blob) saved.push(blob);
      return 'blob:x';
    });
    await userEvent.click(dialog().getByRole('button', { name: ru.csv.download }));
    url.mockRestore();
    const text = new TextDecoder('utf-16le').decode(await saved[0]?.arrayBuffer());
    const [head, line] = text.split('\r\n').map(one => one.split('\t'));
    expect(head).toEqual(['Когда', 'Кто изменил', 'Что', 'Изменение', 'Итог', 'Откуда']);
    expect(line?.slice(1)).toEqual([
      'Ольга Крылова',
      'Роли сотрудников',
      `"'=1+1, Продажи: Без роли → Контроль качества"`,
      'Сохранено',
      'Не из окна CRM',
    ]);
  });

  it('is hidden from an employee who is not an admin', async () => {
    stage.person = SELLER_A;
    await stage.open();
    expect(screen.queryByRole('button', { name: ru.history.title })).toBeNull();
  });
});

describe('roles from the history', () => {
  const bringBack = () => userEvent.click(dialog().getByRole('button', { name: ru.history.bringBack }));
  const saved = async () => {
    await openDialog(stage);
    await choose(ARTYOM, 'Руководитель');
    await press('Сохранить');
    await waitFor(() => expect(screen.queryByRole('dialog', { name: ru.roles.title })).toBeNull());
  };

  it('are restored as a draft, which is written only when it is saved', async () => {
    await saved();
    await openHistory();
    await bringBack();
    await screen.findByRole('dialog', { name: ru.roles.title });
    expect(roles().getByText(/Роли, какими они были до изменения: сегодня/)).toBeTruthy();
    expect(roles().getByText('1 изменение')).toBeTruthy();
    await userEvent.click(roles().getByRole('tab', { name: /^Продажи/ }));
    expect(roleOf(ARTYOM)).toBe('Менеджер');
    expect(stage.world.chat.settings.userRoles).toContainEqual(held(SELLER_A, 'manager'));
    await press('Сохранить');
    await userEvent.click(
      await within(await screen.findByRole('dialog', { name: ru.review.title })).findByRole('button', {
        name: ru.roles.save,
      }),
    );
    await waitFor(() =>
      expect(stage.world.chat.settings.userRoles).toEqual(
        expect.arrayContaining([held(SELLER_A, 'seller'), held(HEAD_OF_SALES, 'manager')]),
      ),
    );
  });

  it('are restored without people and channels that no longer exist, and a note names them', async () => {
    await happened(
      'roles',
      list(held(SELLER_A, 'auditor'), held(777, 'seller'), held(SELLER_B, 'manager', 'gone-channel')),
      list(),
    );
    await stage.open();
    await openHistory();
    await bringBack();
    await screen.findByRole('dialog', { name: ru.roles.title });
    const note = roles()
      .getByText(/Не вернутся/)
      .closest('.notice, [role]')?.textContent;
    expect(note).toContain('Сотрудник 777, Продажи: Менеджер');
    expect(note).toContain('Борис Белов');
    expect(roles().getByText('2 изменения')).toBeTruthy();
  });

  it('cannot be restored while an unsaved draft waits in this browser', async () => {
    await saved();
    await userEvent.click(screen.getByRole('button', { name: ru.panel.select }));
    await choose(BORIS, 'Менеджер');
    await press(ru.roles.close);
    await openHistory();
    expect(dialog().getByText(ru.history.draftFirst)).toBeTruthy();
    expect(dialog().queryByRole('button', { name: ru.history.bringBack })).toBeNull();
  });

  it('cause an error in the history dialog when they cannot be read, and open on the next try', async () => {
    await saved();
    await openHistory();
    stage.world.disturbances.add(/^GET \/history\/1\/roles/, 'cut', Infinity);
    await bringBack();
    expect((await dialog().findByRole('alert', {}, { timeout: 9000 })).textContent).toMatch(
      /История не загрузилась/,
    );
    stage.world.disturbances.clear();
    await bringBack();
    await screen.findByRole('dialog', { name: ru.roles.title });
  });
});
