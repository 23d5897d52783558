import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import ru from '../../../../locales/ru.json' with { type: 'json' };
import { ADMIN, HEAD_OF_SALES, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { giveRoles, held, savedWith, settingsStage, type SettingsStage } from '../settings-stage.tsx';
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
  roleOf,
  row,
} from './dialog-steps.ts';

const OLD = 'a-channel-that-was-added-again';
let stage: SettingsStage;
beforeEach(() => {
  stage = settingsStage();
  giveRoles(stage, held(SELLER_A, 'seller', OLD), held(HEAD_OF_SALES, 'manager', OLD));
});
afterEach(() => stage.end());

const userRoles = () => stage.world.chat.settings.userRoles;
const inPanel = () => screen.getByRole('region', { name: 'Интеграция с CRM' }).textContent;
const notice = () => dialog().getByText(/Роли на канале, которого больше нет/);
const copyTo = (channel: string) =>
  userEvent.selectOptions(dialog().getByLabelText('Скопировать на канал:'), channel);

describe('in the panel, roles on a channel that no longer exists', () => {
  it('do not count as roles, and a warning names them', async () => {
    await stage.open();
    expect(inPanel()).toContain(ru.panel.noRoles);
    expect(inPanel()).toMatch(/«Продажи»: отвечать не может никто/);
    expect(inPanel()).toContain(`Роли на канале, которого больше нет (${OLD}): 2 сотрудника`);
  });

  it('are not reported as such while some channels could not be read', async () => {
    const [sales] = stage.world.chat.channels;
    if (sales) Object.assign(sales, { channelId: null });
    await stage.open();
    expect(inPanel()).not.toMatch(/Канал.* больше нет/);
    expect(inPanel()).toMatch(/С ролью: 2/);
  });

  it('do not show settings for supervisors or for several channels', async () => {
    giveRoles(stage, held(SELLER_A, 'seller'), held(SELLER_A, 'manager', OLD));
    await stage.open();
    expect(screen.queryByText('Дополнительно')).toBeNull();
  });
});

describe('in the dialog, roles on a channel that no longer exists', () => {
  it('mark no employee as new, as former or as unknown', async () => {
    giveRoles(stage, held(SELLER_A, 'seller', OLD), held(777, 'auditor', OLD));
    await openDialog(stage);
    expect(dialog().queryByText(ru.roles.newcomer)).toBeNull();
    expect(dialog().queryByRole('row', { name: /Сотрудник 777/ })).toBeNull();
    expect(dialog().getByText(ru.preset['own-clients'].title)).toBeTruthy();
  });

  it('do not keep an employee without other roles from being marked as new', async () => {
    giveRoles(stage, held(SELLER_A, 'seller', OLD), held(SELLER_B, 'seller'));
    savedWith(stage, SELLER_B);
    await openDialog(stage);
    expect(row(ARTYOM).getByText(ru.roles.newcomer)).toBeTruthy();
  });

  it('are shown with their channel, and a save of other roles keeps them', async () => {
    const before = userRoles();
    await openDialog(stage);
    expect(notice().textContent).toContain(`(${OLD}): 2 сотрудника`);
    await choose(BORIS, 'Менеджер');
    await press('Сохранить');
    await dialogIsGone();
    expect(userRoles()).toEqual([...before, held(SELLER_B, 'seller')]);
    expect([...stage.world.chat.users.keys()]).toEqual([String(SELLER_B)]);
  });

  it('can be copied to an existing channel, in the draft until it is saved', async () => {
    await openDialog(stage);
    await copyTo('Продажи');
    expect([ARTYOM, VERA, BORIS].map(roleOf)).toEqual(['Менеджер', 'Руководитель', 'Без роли']);
    expect(userRoles()).toHaveLength(2);
    await press('Сохранить');
    await dialogIsGone();
    expect(userRoles()).toEqual([
      held(SELLER_A, 'seller', OLD),
      held(HEAD_OF_SALES, 'manager', OLD),
      held(SELLER_A, 'seller'),
      held(HEAD_OF_SALES, 'manager'),
    ]);
  });

  it('are not copied to former employees or over a role that an employee already has', async () => {
    giveRoles(
      stage,
      held(SELLER_A, 'seller', OLD),
      held(SELLER_B, 'seller', OLD),
      held(777, 'seller', OLD),
      held(SELLER_A, 'auditor'),
    );
    const boris = stage.world.crm.users.get(SELLER_B);
    if (boris) boris.isActive = false;
    await openDialog(stage);
    await copyTo('Продажи');
    expect([ARTYOM, BORIS].map(roleOf)).toEqual(['Контроль качества', 'Без роли']);
    expect(button('Сохранить').disabled).toBe(true);
  });

  it('are removed by a save, and the review says that no chat is lost', async () => {
    giveRoles(stage, held(ADMIN, 'manager', OLD), held(SELLER_A, 'seller'), held(SELLER_B, 'manager'));
    await openDialog(stage);
    await press('Убрать эти роли');
    await waitFor(() => expect(dialog().queryByText(/Роли на канале, которого больше нет/)).toBeNull());
    await press('Что изменится');
    const review = within(screen.getByRole('dialog', { name: 'Что изменится' }));
    expect(review.getByRole('listitem', { name: 'Ольга Крылова' }).textContent).toMatch(
      new RegExp(`Канал, которого больше нет \\(${OLD}\\).*Руководитель → Без роли`),
    );
    expect(review.queryByText(/Перестанет видеть/)).toBeNull();
    await userEvent.click(review.getByRole('button', { name: 'Сохранить' }));
    await dialogIsGone();
    expect(userRoles()).toEqual([held(SELLER_A, 'seller'), held(SELLER_B, 'manager')]);
  });

  it('are part of a draft that is restored', async () => {
    await openDialog(stage);
    await press('Убрать эти роли');
    await press('Закрыть');
    await dialogIsGone();
    await userEvent.click(screen.getByRole('button', { name: 'Продолжить' }));
    await waitFor(() => expect(dialog().getByText('2 изменения')).toBeTruthy());
  });

  it('are read-only where roles cannot be written', async () => {
    stage.keyKind = 'v3';
    await openDialog(stage);
    expect(notice()).toBeTruthy();
    expect(dialog().queryByRole('button', { name: 'Убрать эти роли' })).toBeNull();
  });
});
