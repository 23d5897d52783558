import { fireEvent, screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HEAD_OF_SALES, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { giveRoles, held, settingsStage, type SettingsStage } from '../settings-stage.tsx';
import { cleanup } from '../../show.tsx';
import {
  ARTYOM,
  BORIS,
  button,
  choose,
  dialog,
  dialogIsGone,
  openDialog,
  press,
  pressAndHear,
  reopenDialog,
  roleOf,
  says,
} from './dialog-steps.ts';

let stage: SettingsStage;
beforeEach(() => {
  stage = settingsStage();
  giveRoles(stage, held(HEAD_OF_SALES, 'manager'));
});
afterEach(() => stage.end());

const OFFER = 'Продолжить с изменениями?';
const kept = () => Object.keys(localStorage).filter(key => key.includes(':roles:'));
const answer = async (name: string) =>
  userEvent.click(within(await screen.findByRole('dialog', { name: OFFER })).getByRole('button', { name }));
const inPanel = (name: string) => userEvent.click(screen.getByRole('button', { name }));
/** Closes the page without saving, and opens the settings again. */
async function reload(): Promise<void> {
  cleanup();
  await openDialog(stage);
}

describe('a draft', () => {
  it('is offered after a reload, and restores all changes', async () => {
    await openDialog(stage);
    await choose(ARTYOM, 'Менеджер');
    await choose(BORIS, 'Контроль качества');
    await reload();
    const offer = within(await screen.findByRole('dialog', { name: OFFER }));
    offer.getByText(/Есть несохранённые изменения ролей \(сегодня, \d\d:\d\d\): 2\./);
    offer.getByText('Они хранятся только на этом компьютере.');
    expect(roleOf(ARTYOM)).toBe('Без роли');
    await answer('Продолжить');
    await waitFor(() => expect(roleOf(ARTYOM)).toBe('Менеджер'));
    expect(roleOf(BORIS)).toBe('Контроль качества');
    await press('Сохранить');
    await dialogIsGone();
    expect(kept()).toEqual([]);
    expect(stage.world.chat.settings.userRoles).toHaveLength(3);
  });

  it('is deleted when it is discarded', async () => {
    await openDialog(stage);
    await choose(ARTYOM, 'Менеджер');
    await reload();
    await answer('Сбросить');
    await waitFor(() => expect(screen.queryByRole('dialog', { name: OFFER })).toBeNull());
    expect([roleOf(ARTYOM), kept()]).toEqual(['Без роли', []]);
  });

  it('is kept when its offer is closed without an answer', async () => {
    await openDialog(stage);
    await choose(ARTYOM, 'Менеджер');
    await reload();
    fireEvent(await screen.findByRole('dialog', { name: OFFER }), new Event('cancel', { cancelable: true }));
    await dialogIsGone();
    expect(kept()).toHaveLength(1);
  });

  it('waits in the panel after the dialog is closed, and is restored there without another question', async () => {
    await openDialog(stage);
    await choose(ARTYOM, 'Менеджер');
    await press('Закрыть');
    await dialogIsGone();
    await inPanel('Продолжить');
    await waitFor(() => expect(dialog().getByText('1 изменение')).toBeTruthy());
    expect(screen.queryByRole('dialog', { name: OFFER })).toBeNull();
  });

  it('can be discarded in the panel', async () => {
    await openDialog(stage);
    await choose(ARTYOM, 'Менеджер');
    await press('Закрыть');
    await dialogIsGone();
    await inPanel('Сбросить');
    await waitFor(() => expect(screen.queryByText(/несохранённые изменения/)).toBeNull());
    await reopenDialog();
    expect([roleOf(ARTYOM), kept()]).toEqual(['Без роли', []]);
  });

  it('is restored over roles that another admin has changed meanwhile, and the conflicts are shown', async () => {
    await openDialog(stage);
    await choose(ARTYOM, 'Менеджер');
    await choose(BORIS, 'Менеджер');
    giveRoles(stage, held(HEAD_OF_SALES, 'auditor'), held(SELLER_A, 'auditor'));
    await reload();
    await answer('Продолжить');
    await says(/^Эти роли изменили и вы, и другой администратор.*Осталось решить: 1/);
    expect([roleOf(ARTYOM), roleOf(BORIS), roleOf('Вера Волкова')]).toEqual([
      'Менеджер',
      'Менеджер',
      'Контроль качества',
    ]);
    // The conflict is still there after another reload.
    await reload();
    await answer('Продолжить');
    await says(/Осталось решить: 1/);
    expect(button('Сохранить').disabled).toBe(true);
  });

  it('leaves out changes for deleted employees, and says how many', async () => {
    await openDialog(stage);
    await choose(ARTYOM, 'Менеджер');
    await choose(BORIS, 'Менеджер');
    stage.world.crm.users.delete(SELLER_B);
    await reload();
    await screen.findByText(/1 изменение не вернётся/);
    await answer('Продолжить');
    await dialog().findByText('1 изменение');
    await press('Сохранить');
    await dialogIsGone();
    expect(stage.world.chat.settings.userRoles).toEqual([
      held(HEAD_OF_SALES, 'manager'),
      held(SELLER_A, 'seller'),
    ]);
  });

  it.each([
    ['a service that refuses to answer', /^(GET \/settings|POST \/v3)/, 'unauthorized'],
    ['an error', /^PATCH/, 'server-error'],
  ] as const)('survives %s', async (_what, on, fault) => {
    await openDialog(stage);
    await choose(ARTYOM, 'Менеджер');
    stage.world.disturbances.add(on, fault, Infinity);
    await pressAndHear('Сохранить', /Роли не сохранены. Ваши изменения остались на экране/);
    stage.world.disturbances.clear();
    await reload();
    await answer('Продолжить');
    await waitFor(() => expect(roleOf(ARTYOM)).toBe('Менеджер'));
  });

  it('that is damaged is ignored', async () => {
    await openDialog(stage);
    await choose(ARTYOM, 'Менеджер');
    for (const key of kept()) localStorage.setItem(key, '{"at":1,"changes":[["<b>"]]}');
    await reload();
    expect(screen.queryByRole('dialog', { name: OFFER })).toBeNull();
    expect(roleOf(ARTYOM)).toBe('Без роли');
  });
});

describe('undo and redo', () => {
  const key = (code: string, held: object = {}, target: Element = screen.getByRole('dialog')) =>
    fireEvent.keyDown(target, { code, key: 'я', ctrlKey: true, composed: true, ...held });

  it('revert a change and make it again', async () => {
    await openDialog(stage);
    expect(dialog().queryByRole('button', { name: 'Отменить' })).toBeNull();
    await choose(ARTYOM, 'Менеджер');
    await choose(ARTYOM, 'Контроль качества');
    await press('Отменить');
    await waitFor(() => expect(roleOf(ARTYOM)).toBe('Менеджер'));
    await press('Отменить');
    await waitFor(() => expect(roleOf(ARTYOM)).toBe('Без роли'));
    expect(button('Отменить').disabled).toBe(true);
    await press('Вернуть');
    await press('Вернуть');
    await waitFor(() => expect(roleOf(ARTYOM)).toBe('Контроль качества'));
  });

  it.each([
    ['Ctrl+Shift+Z', 'KeyZ', { shiftKey: true }],
    ['Ctrl+Y', 'KeyY', {}],
    ['⌘⇧Z', 'KeyZ', { ctrlKey: false, metaKey: true, shiftKey: true }],
  ])('work with Ctrl+Z and %s, by the key’s position', async (_name, code, keys) => {
    await openDialog(stage);
    await choose(ARTYOM, 'Менеджер');
    key('KeyZ');
    await waitFor(() => expect(roleOf(ARTYOM)).toBe('Без роли'));
    key(code, keys);
    await waitFor(() => expect(roleOf(ARTYOM)).toBe('Менеджер'));
  });

  it('leave Ctrl+Z in a text field to the field', async () => {
    await openDialog(stage);
    await choose(ARTYOM, 'Менеджер');
    const isFree = key('KeyZ', {}, dialog().getByRole('searchbox'));
    expect([isFree, roleOf(ARTYOM)]).toEqual([true, 'Менеджер']);
  });

  it('restore all changes after they were discarded', async () => {
    await openDialog(stage);
    await choose(ARTYOM, 'Менеджер');
    await choose(BORIS, 'Менеджер');
    await press('Сбросить');
    await dialog().findByText('Изменений нет');
    expect(kept()).toEqual([]);
    await press('Отменить');
    await dialog().findByText('2 изменения');
    expect(kept()).toHaveLength(1);
  });
});
