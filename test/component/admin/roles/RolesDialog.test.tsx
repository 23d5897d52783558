import { fireEvent, screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HEAD_OF_SALES, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { giveRoles, held, settingsStage, type SettingsStage } from '../settings-stage.tsx';
import {
  ARTYOM,
  BORIS,
  VERA,
  button,
  choose,
  dialog,
  dialogIsGone,
  openDialog,
  press,
  reopenDialog,
  roleOf,
  row,
  rows,
} from './dialog-steps.ts';

let stage: SettingsStage;
beforeEach(() => {
  stage = settingsStage();
});
afterEach(() => stage.end());

describe('the channel tabs', () => {
  it('say which channels do not work', async () => {
    const [, wholesale] = stage.world.chat.channels;
    if (wholesale) wholesale.state = 'qridle';
    await openDialog(stage);
    expect(
      dialog()
        .getAllByRole('tab')
        .map(tab => tab.textContent),
    ).toEqual(['Все каналы', 'Продажи WhatsApp', 'Опт Telegram не подключён']);
  });

  it('are chosen with the arrow keys, which wrap around', async () => {
    await openDialog(stage);
    const chosen = () => dialog().getByRole('tab', { selected: true });
    chosen().focus();
    await userEvent.keyboard('{ArrowRight}');
    await waitFor(() => expect(chosen().textContent).toBe('Опт Telegram'));
    await userEvent.keyboard('{ArrowRight}');
    await waitFor(() => expect(chosen().textContent).toBe('Все каналы'));
    await userEvent.keyboard('{ArrowLeft}');
    await waitFor(() => expect(chosen().textContent).toBe('Опт Telegram'));
  });

  it('are hidden when there is only one channel', async () => {
    stage.world.chat.channels.length = 1;
    await openDialog(stage);
    expect(dialog().queryByRole('tablist')).toBeNull();
    expect(rows()).toHaveLength(5);
  });
});

describe('the search', () => {
  const search = (typed: string) =>
    userEvent.type(dialog().getByRole('searchbox', { name: 'Поиск по сотрудникам' }), typed);

  it.each([
    ['a name, typed with ё or е', 'артем АЛ', ARTYOM],
    ['a group', 'поддерж', VERA],
    ['an e-mail address', 'employee-8003@', BORIS],
  ])('finds %s, and shows the number of matches', async (_what, typed, name) => {
    const vera = stage.world.crm.users.get(HEAD_OF_SALES);
    if (vera) vera.groupId = 493_002;
    await openDialog(stage);
    await search(typed);
    expect(await dialog().findByText('1 из 5')).toBeTruthy();
    expect(rows()).toHaveLength(1);
    row(name);
  });

  it('says that nothing was found, and offers to clear the search', async () => {
    await openDialog(stage);
    await search('Щукин');
    expect(await dialog().findByText(/Никого не нашли. Проверьте запрос/)).toBeTruthy();
    expect(dialog().getByText('0 из 5')).toBeTruthy();
    expect(dialog().getAllByRole('row')).toHaveLength(1);
    await press('Сбросить поиск');
    expect(rows()).toHaveLength(5);
    expect(document.activeElement).toBe(dialog().getByRole('searchbox'));
  });
});

describe('"Refresh data from CRM" in the dialog', () => {
  it('lists new employees and keeps unsaved changes', async () => {
    await openDialog(stage);
    await choose(ARTYOM, 'Менеджер');
    const boris = stage.world.crm.users.get(SELLER_B);
    if (boris) stage.world.crm.users.set(9001, { ...boris, id: 9001, name: 'Яна Новая' });
    await press('Обновить данные из CRM');
    await waitFor(() => row('Яна Новая'));
    expect(roleOf(ARTYOM)).toBe('Менеджер');
    expect(dialog().getByText('1 изменение')).toBeTruthy();
    expect(stage.world.chat.settings.userRoles).toEqual([]);
  });
});

describe('leaving', () => {
  it('asks no question while nothing is changed', async () => {
    await openDialog(stage);
    await press('Отмена');
    await dialogIsGone();
    expect(screen.getByRole('button', { name: 'Выбрать' })).toBeTruthy();
    expect(screen.queryByText(/несохранённые изменения/)).toBeNull();
  });

  it.each([
    ['its button', () => press('Закрыть')],
    ['Escape', () => fireEvent(screen.getByRole('dialog'), new Event('cancel', { cancelable: true }))],
  ])('by %s keeps the changes in the browser, says so, and writes nothing', async (_way, leave) => {
    await openDialog(stage);
    await choose(ARTYOM, 'Менеджер');
    await leave();
    await dialogIsGone();
    await screen.findByText(/Есть несохранённые изменения ролей .*: 1\. Они хранятся только на этом/);
    expect(stage.requests.filter(asked => !asked.startsWith('GET'))).toEqual([]);
  });

  describe('when the browser cannot store anything', () => {
    const QUESTION = 'Закрыть без сохранения?';
    const answer = (name: string) =>
      userEvent.click(within(screen.getByRole('dialog', { name: QUESTION })).getByRole('button', { name }));
    beforeEach(() => {
      const refuse = (): never => {
        throw new DOMException('full', 'QuotaExceededError');
      };
      vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse, removeItem: refuse });
    });
    afterEach(() => vi.unstubAllGlobals());

    it('asks first, and can return to the dialog', async () => {
      await openDialog(stage);
      await choose(ARTYOM, 'Менеджер');
      await press('Закрыть');
      await answer('Вернуться к ролям');
      await waitFor(() => expect(screen.queryByRole('dialog', { name: QUESTION })).toBeNull());
      expect(roleOf(ARTYOM)).toBe('Менеджер');
    });

    it('discards the changes after a confirmation, and writes nothing', async () => {
      await openDialog(stage);
      await choose(ARTYOM, 'Менеджер');
      await press('Закрыть');
      await answer('Закрыть');
      await dialogIsGone();
      await reopenDialog();
      expect(roleOf(ARTYOM)).toBe('Без роли');
      expect(stage.requests.filter(asked => !asked.startsWith('GET'))).toEqual([]);
    });
  });
});

describe('with a key that cannot write roles', () => {
  it('the dialog is read-only and links to the service’s dashboard', async () => {
    stage.keyKind = 'v3';
    giveRoles(stage, held(SELLER_A, 'seller'));
    await openDialog(stage);
    expect(dialog().getByText(/не позволяет менять роли отсюда/)).toBeTruthy();
    const link = dialog().getByRole('link', { name: 'Открыть кабинет Wazzup' });
    expect(link.getAttribute('href')).toBe('https://app.wazzup24.com/');
    expect(roleOf(ARTYOM)).toBe('Менеджер');
    const inputs = [...dialog().getAllByRole('radio'), row(ARTYOM).getByRole('switch')];
    expect(inputs.filter(input => input.getAttribute('aria-disabled') !== 'true')).toEqual([]);
    expect(dialog().queryByRole('button', { name: 'Сохранить' })).toBeNull();
    await userEvent.click(button('Закрыть'));
    await dialogIsGone();
  });
});
