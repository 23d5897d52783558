import { screen, waitFor } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hurried, hurry } from '../../../support/hurried.ts';
import { servicesOf } from '../../../support/services.ts';
import { HEAD_OF_SALES, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { giveRoles, held, settingsStage, type SettingsStage } from '../settings-stage.tsx';
import { press } from './panel-steps.ts';

let stage: SettingsStage;
beforeEach(() => {
  stage = settingsStage();
  giveRoles(stage, held(SELLER_A, 'seller'), held(HEAD_OF_SALES, 'manager'));
});
afterEach(() => stage.end());

const NOTIFY = 'Уведомлять руководителей обо всех сообщениях';
const notify = () => screen.getByRole<HTMLInputElement>('switch', { name: NOTIFY });
const isLocked = () => notify().getAttribute('aria-disabled') === 'true';
const turn = () => userEvent.click(notify());
const isKeptOn = () => stage.world.chat.settings.pushInputOutputMessageEventsForManagers;
const writes = () => stage.requests.filter(asked => asked.startsWith('PATCH'));
const SAVE = /^PATCH \/settings/;
/** A failed read is repeated after a pause, up to twice. */
const says = async (words: RegExp, timeout = 4000) =>
  waitFor(() => expect(screen.getByRole('alert').textContent).toMatch(words), { timeout });
/** Turns the switch, and lets time pass until the outcome is known. */
async function turnAndHear(words: RegExp): Promise<void> {
  hurry();
  await turn();
  await hurried(says(words, 120_000));
  vi.useRealTimers();
}

describe('"Additional"', () => {
  it('is shown folded when an employee is a supervisor', async () => {
    await stage.open();
    expect(screen.getByText('Дополнительно').closest('details')?.open).toBe(false);
  });

  it('is hidden when no employee is a supervisor', async () => {
    giveRoles(stage, held(SELLER_A, 'seller'), held(SELLER_B, 'auditor'));
    await stage.open();
    expect(screen.queryByText('Дополнительно')).toBeNull();
  });

  it('is hidden from an employee who is not an admin', async () => {
    stage.person = SELLER_A;
    await stage.open();
    expect(screen.queryByText('Дополнительно')).toBeNull();
  });
});

describe('"Notify supervisors about all messages"', () => {
  it.each([
    ['off', false],
    ['on', true],
  ])('saves a change from %s at once, and keeps the roles', async (_, before) => {
    const { userRoles } = stage.world.chat.settings;
    stage.world.chat.settings = { userRoles, pushInputOutputMessageEventsForManagers: before };
    await stage.open();
    expect(notify().checked).toBe(before);
    await turn();
    expect(await screen.findByText(/Сохранено в Wazzup/)).toBeTruthy();
    expect(stage.world.chat.settings).toEqual({
      userRoles,
      pushInputOutputMessageEventsForManagers: !before,
    });
    expect(notify().checked).toBe(!before);
    expect(stage.offered()).toBeNull();
  });

  it('says that it is being saved, and cannot be turned until then', async () => {
    await stage.open();
    stage.world.disturbances.add(SAVE, 'slow');
    await turn();
    await waitFor(() => expect(writes()).toHaveLength(1));
    expect(screen.getByText('Сохраняем…')).toBeTruthy();
    expect([notify().checked, isLocked()]).toEqual([true, true]);
    stage.world.clock.advance(3000);
    await screen.findByText(/Сохранено в Wazzup/);
    expect(writes()).toHaveLength(1);
  });

  it('updates the panel’s list of roles, so that the next save of roles is not refused', async () => {
    const model = await stage.open();
    await turn();
    await screen.findByText(/Сохранено в Wazzup/);
    const list = await servicesOf(stage.world).chat.roles();
    expect(model.state.value).toMatchObject({ kind: 'connected', list });
  });

  it('does not overwrite roles that another admin has saved meanwhile: it shows them and says that nothing was saved', async () => {
    await stage.open();
    giveRoles(stage, held(SELLER_B, 'seller'), held(SELLER_A, 'manager'), held(HEAD_OF_SALES, 'manager'));
    await turn();
    await says(/роли сохранил другой администратор.*не сохранено/);
    expect(isKeptOn()).toBe(false);
    expect(notify().checked).toBe(false);
    expect(screen.getByText(/С ролью: 3 сотрудника/).textContent).toMatch(/Руководитель: 2/);
    await turn();
    await screen.findByText(/Сохранено в Wazzup/);
    expect(isKeptOn()).toBe(true);
    expect(stage.world.chat.settings.userRoles).toHaveLength(3);
  });

  it('says that another admin has saved the roles even when no supervisor is left', async () => {
    await stage.open();
    giveRoles(stage, held(SELLER_A, 'seller'));
    await turn();
    expect((await screen.findByRole('alert')).textContent).toMatch(/роли сохранил другой администратор/);
  });

  it.each([
    ['too-many', /Не сохранено, ничего не изменилось.*Слишком много запросов/],
    ['server-error', /Не сохранено, ничего не изменилось.*сбой/],
    ['forbidden-json', /Не сохранено, ничего не изменилось.*не позволяют/],
  ] as const)('says that nothing has changed when the answer is %s', async (fault, sentence) => {
    await stage.open();
    stage.world.disturbances.add(SAVE, fault);
    await turnAndHear(sentence);
    expect(notify().checked).toBe(false);
    expect(isKeptOn()).toBe(false);
    await turn();
    await screen.findByText(/Сохранено в Wazzup/);
    expect(isKeptOn()).toBe(true);
  });

  it('says that the outcome is unknown when the chat service stops answering, until the data are refreshed', async () => {
    await stage.open();
    stage.world.disturbances.add(/ \/settings/, 'cut', Infinity);
    await turnAndHear(/Неизвестно, сохранилось ли/);
    stage.world.disturbances.clear();
    await press('Обновить данные из CRM');
    await waitFor(() => expect(screen.queryByText(/Неизвестно, сохранилось ли/)).toBeNull());
    expect(notify().checked).toBe(false);
  });

  it('says that it checks a save that was not answered, and the admin can stop waiting', async () => {
    await stage.open();
    stage.world.disturbances.add(SAVE, 'cut');
    await turn();
    await screen.findByText(/Ответа от Wazzup пока нет. Проверяем/);
    expect(isLocked()).toBe(true);
    await press('Не ждать');
    await says(/Неизвестно, сохранилось ли/);
    expect(isLocked()).toBe(false);
  });

  it('is read-only with a dashboard key, and links to the dashboard', async () => {
    stage.keyKind = 'v3';
    await stage.open();
    expect(isLocked()).toBe(true);
    expect(screen.getByText(/не позволяет изменить это отсюда/).querySelector('a')?.href).toMatch(/^https:/);
  });
});
