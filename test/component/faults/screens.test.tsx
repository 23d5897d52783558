/**
 * The sentence that each surface shows when the request behind a press fails, and that nothing typed or chosen is lost.
 * Other tests cover how single requests tell the faults apart.
 */
import { screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import ru from '../../../locales/ru.json' with { type: 'json' };
import type { Fault } from '../../world/disturbances.ts';
import { ADMIN, SELLER_A, SELLER_B } from '../../world/people.ts';
import { CLAIM, cardStage, press as pressOnCard, type CardStage } from '../seller/card/card-stage.tsx';
import {
  ARTYOM,
  choose,
  openDialog,
  press as pressInDialog,
  pressAndHear,
  roleOf,
} from '../admin/roles/dialog-steps.ts';
import { press } from '../admin/panel/panel-steps.ts';
import { giveRoles, held, settingsStage, type SettingsStage } from '../admin/settings-stage.tsx';
import { allowTab, browserTab, dialog as trial, openTrial, phone, send } from '../admin/trial/trial-steps.ts';

const { crm, chat } = ru.failure;
const FAULTS = [
  'cut',
  'too-many',
  'forbidden-json',
  'forbidden-html',
  'unauthorized',
  'server-error',
  'broken-json',
  'wrong-shape',
] as const satisfies readonly Fault[];
type Name = (typeof FAULTS)[number];
type Sentences = Readonly<Record<Name, string>>;

/** A failed read is repeated twice. */
const PATIENT = { timeout: 8000 };
const rows = (sentences: Sentences): readonly (readonly [Name, string])[] =>
  FAULTS.map(name => [name, sentences[name]] as const);

const ofCrm: Sentences = {
  cut: crm['no-answer'],
  'too-many': crm['too-many'],
  'forbidden-json': crm.forbidden,
  'forbidden-html': crm.forbidden,
  unauthorized: crm['signed-out'],
  'server-error': crm.down,
  'broken-json': crm.unreadable,
  'wrong-shape': crm.unreadable,
};
/** The gateway answers for the service. When the service refuses the gateway's key, the person is not refused. */
const ofChat: Sentences = {
  cut: chat['no-answer'],
  'too-many': chat['too-many'],
  'forbidden-json': chat.forbidden,
  'forbidden-html': chat.forbidden,
  unauthorized: chat.down,
  'server-error': chat.down,
  'broken-json': chat.unreadable,
  'wrong-shape': chat.unreadable,
};

process.stdout.write(`screens: 6 surfaces × ${FAULTS.length} faults\n`);

describe('in the settings', () => {
  let stage: SettingsStage;
  beforeEach(() => {
    stage = settingsStage();
  });
  afterEach(async () => {
    vi.unstubAllGlobals();
    await stage.end();
  });

  it.each(
    rows({
      ...ofChat,
      unauthorized: ru.panel.connect.refusedKey,
    }),
  )('the panel, on %s, says: %s', async (fault, sentence) => {
    stage.world.disturbances.add(/^GET \/v3\/channels/, fault, Infinity);
    await stage.open();
    await screen.findByText(text => text.includes(sentence), {}, PATIENT);
    expect(screen.getByRole('button', { name: ru.failure.retry })).toBeTruthy();
  });

  it.each(
    rows({
      ...ofChat,
      // It was written, and a read of the roles confirms it.
      'broken-json': '',
      'wrong-shape': '',
    }),
  )('"Save" of the roles, on %s, says: %s', async (fault, sentence) => {
    await openDialog(stage);
    await choose(ARTYOM, 'Менеджер');
    stage.world.disturbances.add(/^PATCH \/settings/, fault);
    if (sentence === '') {
      await pressInDialog('Сохранить');
      await screen.findByText(/Роли сохранены/, {}, PATIENT);
      return;
    }
    await pressAndHear('Сохранить', new RegExp(sentence.replaceAll('.', '\\.')));
    expect(roleOf(ARTYOM)).toBe('Менеджер');
    expect(stage.world.chat.settings.userRoles).toEqual([]);
  });

  it.each(rows(ofCrm))('"Refresh", on %s, says: %s', async (fault, sentence) => {
    await openWithRoles();
    stage.world.disturbances.add(/^GET \/api\/v4\/users/, fault, Infinity);
    await press('Обновить данные из CRM');
    await screen.findByText(text => text.includes(sentence), { selector: 'li' }, PATIENT);
    expect(stage.world.chat.settings.userRoles).toEqual([held(SELLER_A, 'seller')]);
    expect(screen.getByRole('button', { name: /^Повторить: / })).toBeTruthy();
  });
  const openWithRoles = async (): Promise<void> => {
    giveRoles(stage, held(SELLER_A, 'seller'));
    await stage.open();
  };

  it.each(
    rows({
      ...ofChat,
      cut: ru.trial.unknown,
      'server-error': ru.trial.unknown,
      unauthorized: '',
      'broken-json': ru.trial.unknown,
      'wrong-shape': '',
    }),
  )('"Test chats", on %s, says: %s', async (fault, sentence) => {
    giveRoles(stage, held(ADMIN, 'manager'));
    allowTab(browserTab());
    await openTrial(stage);
    stage.world.disturbances.add(/^POST \/v3\/message/, fault);
    await send();
    if (sentence !== '') await screen.findByText(text => text.includes(sentence), {}, PATIENT);
    await waitFor(() => expect(document.querySelector('[aria-busy="true"]')).toBeNull(), PATIENT);
    const isOver = trial().queryByRole('textbox', { name: /Ваш номер телефона/ }) === null;
    expect(isOver || phone().value === '+79161234567').toBe(true);
    const sent = stage.upstream.filter(one => one.endsWith('/v3/message'));
    expect(sent.length).toBeLessThanOrEqual(1);
  });
});

describe('on a card', () => {
  let stage: CardStage;
  beforeEach(() => {
    stage = cardStage();
  });
  afterEach(() => stage.end());

  it.each(
    rows({
      ...ofCrm,
      cut: ru.claim.unknown,
      'too-many': '',
      'forbidden-json': ru.claim.forbidden,
      'forbidden-html': ru.claim.forbidden,
      'server-error': ru.claim.unknown,
      'broken-json': '',
      'wrong-shape': '',
    }),
  )('a claim, on %s, says: %s', async (fault, sentence) => {
    stage.openCard();
    stage.world.disturbances.add(/^PATCH \/api\/v4\/contacts/, fault);
    await pressOnCard(CLAIM);
    if (sentence === '') await screen.findByText('Вы отвечаете за клиента', {}, PATIENT);
    else await screen.findByText(text => text.includes(sentence), {}, PATIENT);
    const mine = stage.world.crm.ownerChanges.filter(({ createdBy }) => createdBy === SELLER_A);
    expect(mine.length).toBe(sentence === '' ? 1 : 0);
  });

  it.each(
    rows({
      // The server tries again by itself after any of these answers.
      cut: ru.claim.followUp.notTold,
      'too-many': ru.claim.followUp.notTold,
      'forbidden-json': ru.claim.followUp.notTold,
      'forbidden-html': ru.claim.followUp.notTold,
      unauthorized: ru.claim.followUp.notTold,
      'server-error': ru.claim.followUp.notTold,
      // It was written, and the service itself confirms it.
      'broken-json': ru.claim.followUp.told,
      'wrong-shape': ru.claim.followUp.told,
    }),
  )('the result of a claim in the chat service, on %s, is: %s', async (fault, sentence) => {
    stage.openCard();
    stage.world.disturbances.add(/^POST \/v3\/contacts/, fault);
    await pressOnCard(CLAIM);
    await screen.findByText(text => text.includes(sentence), {}, PATIENT);
    expect(stage.client.responsibleUserId).toBe(SELLER_A);
    expect(screen.getByText('Вы отвечаете за клиента')).toBeTruthy();
    const isTold = sentence === ru.claim.followUp.told;
    expect(stage.world.chat.threadsOf(String(SELLER_B))).toHaveLength(isTold ? 0 : 1);
  });
});
