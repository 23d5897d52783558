/** A visible button never becomes another action, so a person who is about to press it presses what they meant. */
import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import ru from '../../../../locales/ru.json' with { type: 'json' };
import { HEAD_OF_SALES, SELLER_A, SELLER_B } from '../../../world/people.ts';
import {
  ARTYOM,
  BORIS,
  choose,
  dialog,
  dialogIsGone,
  openDialog,
  press,
  says,
} from '../roles/dialog-steps.ts';
import { giveRoles, held, settingsStage, type SettingsStage } from '../settings-stage.tsx';
import { allowTab, browserTab, dialog as trial, openTrial, send } from '../trial/trial-steps.ts';

/** All texts of one button for the same action, at rest and in progress. */
const SAME: readonly (readonly string[])[] = [
  [ru.roles.save, ru.roles.saving, ru.roles.silenceYes],
  [ru.roles.cancel, ru.roles.close],
  [ru.panel.refresh, ru.panel.refreshing, ru.roles.refresh],
  [ru.saving.stop, ru.saving.stopping],
  [ru.refresh.cancel, ru.refresh.cancelling],
  [ru.trial.send, ru.trial.sending],
  [ru.trial.toChats, ru.trial.openingChats],
  [ru.trial.role.become, ru.trial.role.saving],
];

let stage: SettingsStage;
let said: Map<Element, Set<string>>;
let observer: MutationObserver;
const look = (): void => {
  for (const button of document.querySelectorAll('button')) {
    const words = said.get(button) ?? new Set();
    // A different number does not make it another action.
    said.set(button, words.add((button.getAttribute('aria-label') ?? button.textContent).replace(/\d+/, '')));
  }
};
beforeEach(() => {
  stage = settingsStage();
  said = new Map();
  observer = new MutationObserver(look);
  observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
});
afterEach(async () => {
  vi.unstubAllGlobals();
  observer.disconnect();
  await stage.end();
});

/** The texts of buttons that became another action. */
function changed(): readonly string[] {
  look();
  return [...said.values()].flatMap(words => {
    const all = [...words];
    const isOne = all.length < 2 || SAME.some(same => all.every(one => same.includes(one)));
    return isOne ? [] : [all.join(' → ')];
  });
}
const click = async (name: string) => userEvent.click(await screen.findByRole('button', { name }));
const disturbances = () => stage.world.disturbances;
const edit = async () => {
  giveRoles(stage, held(SELLER_B, 'seller'), held(HEAD_OF_SALES, 'manager'));
  await openDialog(stage);
  await choose(ARTYOM, 'Менеджер');
};

const FLOWS: readonly [what: string, flow: () => Promise<unknown>][] = [
  [
    'a save that fails, is outdated, is left unanswered and succeeds',
    async () => {
      await edit();
      disturbances().add(/^PATCH/, 'too-many');
      await press(ru.roles.save);
      await says(/Роли не сохранены/);
      let saves = 0;
      const another = () => giveRoles(stage, held(SELLER_B, (saves += 1) % 2 ? 'auditor' : 'seller'));
      disturbances().add(/^PATCH/, another, Infinity);
      await press(ru.roles.save);
      await says(/сохранил другой администратор/);
      disturbances().clear();
      disturbances().add(/^GET \/settings/, 'forbidden-json');
      await press(ru.roles.takeTheirs);
      await says(/этого не позволяют/);
      disturbances().add(/^PATCH/, 'cut');
      await press(ru.roles.save);
      await click(ru.saving.leave);
      await says(/Неизвестно/);
      await press(ru.roles.save);
      await dialogIsGone();
    },
  ],
  [
    'conflicts that are resolved one by one',
    async () => {
      await edit();
      await choose(BORIS, 'Контроль качества');
      giveRoles(stage, held(SELLER_A, 'auditor'), held(SELLER_B, 'manager'), held(HEAD_OF_SALES, 'manager'));
      await press(ru.roles.save);
      await says(/изменили и вы/);
      const [first] = dialog().getAllByRole('button', { name: ru.conflict.keep.mine });
      if (first) await userEvent.click(first);
      await click(ru.conflict.keep.theirs);
      await waitFor(() => expect(dialog().queryByRole('alert')).toBeNull());
    },
  ],
  [
    'a review, undo and redo, and a close',
    async () => {
      await edit();
      await press(ru.review.open);
      const review = within(screen.getByRole('dialog', { name: ru.review.title }));
      await userEvent.click(review.getByRole('button', { name: new RegExp(ru.review.revert) }));
      await userEvent.click(review.getByRole('button', { name: ru.roles.leaveNo }));
      for (const step of [ru.draft.undo, ru.draft.redo, ru.draft.undo]) await press(step);
      await press(ru.roles.close);
      await dialogIsGone();
      await click(ru.draft.resume);
      await waitFor(() => expect(dialog().getByText('1 изменение')).toBeTruthy());
      await press(ru.draft.discard);
    },
  ],
  [
    'a refresh that is stopped and tried again',
    async () => {
      giveRoles(stage, held(HEAD_OF_SALES, 'manager'));
      await stage.open();
      disturbances().add(/^GET \/api\/v4\/users/, 'slow');
      await click(ru.panel.refresh);
      await click(ru.refresh.cancel);
      stage.world.clock.advance(3000);
      for (const retry of await screen.findAllByRole('button', { name: /^Повторить/ })) {
        if (retry.isConnected) await userEvent.click(retry);
      }
    },
  ],
  [
    'a test whose chats do not open at first',
    async () => {
      giveRoles(stage, held(HEAD_OF_SALES, 'manager'));
      allowTab(browserTab());
      await openTrial(stage);
      await click(ru.trial.role.become);
      await waitFor(() => expect(trial().queryByText(/нет роли/)).toBeNull());
      disturbances().add(/^POST \/v3\/iframe/, 'forbidden-json');
      await send();
      await screen.findByText(/Чаты не открылись/);
      await click(ru.trial.toChats);
      await screen.findByText(ru.trial.chatsOpen);
      await click(ru.trial.close);
    },
  ],
  [
    'a key that is checked twice and refused',
    async () => {
      stage.keyKind = null;
      await stage.open();
      await userEvent.type(screen.getByLabelText(/^Ключ Wazzup/), 'a key that nobody has issued');
      await click(ru.panel.connect.look);
      await screen.findByRole('alert');
      await click(ru.panel.connect.look);
      await screen.findByRole('alert');
    },
  ],
];

describe('each button stays the same action', () => {
  it.each(FLOWS)('during %s', async (_what, flow) => {
    await flow();
    expect(said.size).toBeGreaterThan(0);
    expect(changed()).toEqual([]);
  });
});
