/**
 * A dependency of each of an admin's actions throws an unexpected error or never answers. No screen stays busy: it says
 * that something went wrong, and the admin can continue.
 */
import { screen, waitFor } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import ru from '../../../locales/ru.json' with { type: 'json' };
import { openHistory } from '../../../widget/admin/history/part.tsx';
import { openRoles } from '../../../widget/admin/roles/dialog.tsx';
import { draftStore } from '../../../widget/admin/roles/model/draft-store.ts';
import { saveMemory } from '../../../widget/admin/panel/last-save.ts';
import { createPanelModel } from '../../../widget/admin/panel/model.ts';
import { Panel } from '../../../widget/admin/panel/Panel.tsx';
import { openTrial } from '../../../widget/admin/trial/part.tsx';
import { hurried, hurry } from '../../support/hurried.ts';
import { servicesOf } from '../../support/services.ts';
import { ADMIN, HEAD_OF_SALES, SELLER_A } from '../../world/people.ts';
import { crmPage } from '../../support/host-page.ts';
import { createBreakage, type Breakage, type Break } from './breakage.ts';
import {
  ARTYOM,
  BORIS,
  choose,
  dialog as rolesDialog,
  press as pressInDialog,
} from '../admin/roles/dialog-steps.ts';
import { giveRoles, held, settingsStage, type SettingsStage } from '../admin/settings-stage.tsx';
import { show } from '../show.tsx';
import { allowTab, browserTab, dialog as trialDialog, send } from '../admin/trial/trial-steps.ts';

let stage: SettingsStage;
let broken: Breakage;
beforeEach(() => {
  stage = settingsStage();
  giveRoles(stage, held(SELLER_A, 'seller'), held(HEAD_OF_SALES, 'manager'));
  broken = createBreakage();
  allowTab(browserTab());
});
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  await stage.end();
});

const breakable = <T extends object>(thing: T, name: string): T => broken.part(thing, name);

async function open({ own = {} } = {}): Promise<void> {
  const { records, chat, server, clients, leaving, history } = servicesOf(stage.world);
  const whose = { account: '1', person: '2' };
  const page = crmPage(stage, { own: { chatUrl: stage.world.options.gatewayOrigin, ...own } });
  const parts = breakable(
    {
      roles: () => openRoles,
      trial: () => openTrial,
      history: async () => openHistory(breakable(history, 'history')),
    },
    'parts',
  );
  const model = createPanelModel({
    page: breakable(page, 'page'),
    records: breakable(records, 'records'),
    connect: () => breakable(chat, 'chat'),
    server: () => breakable(server, 'server'),
    clients: () => breakable(clients, 'clients'),
    leaving: () => breakable(leaving, 'leaving'),
    defaultChatUrl: '',
    openRoles: async () => given => parts.roles()(given),
    openTrial: given => parts.trial()(given),
    openHistory: () => parts.history(),
    memory: breakable(
      saveMemory(() => localStorage, whose),
      'memory',
    ),
    drafts: breakable(
      draftStore(() => localStorage, whose),
      'drafts',
    ),
    signal: new AbortController().signal,
  });
  show(<Panel model={model} />);
  await model.start();
}
const inPanel = async (name: string) => userEvent.click(await screen.findByRole('button', { name }));
const select = async () => {
  await inPanel('Выбрать');
  await rolesDialog().findByRole('row', { name: new RegExp(ARTYOM) });
};
const edit = async () => {
  await select();
  const [, first] = rolesDialog().queryAllByRole('tab');
  if (first) await userEvent.click(first);
  await choose(BORIS, 'Менеджер');
};
const tryChats = async () => {
  await inPanel('Протестировать чаты');
  trialDialog();
};

const DEFECT = ru.failure.defect;
type Row = readonly [
  action: string,
  breaks: readonly string[],
  /** Everything before the action. */
  before: () => Promise<unknown>,
  act: () => Promise<unknown>,
  says: string,
];
const { roles, additional, trial } = ru;
const ROWS: readonly Row[] = [
  ['reading channels and roles', ['chat.roles', 'chat.channels'], async () => {}, open, DEFECT],
  [
    'reading the employees',
    ['records.employees'],
    async () => {},
    () => open().then(() => inPanel('Выбрать')),
    DEFECT,
  ],
  [
    'checking an address',
    ['chat.channels', 'page.offerOwnSettings'],
    () => open({ own: { chatUrl: '' } }),
    async () => {
      await userEvent.type(screen.getByLabelText(/^Адрес своего сервера/), 'https://other.example.com');
      await inPanel('Проверить');
    },
    DEFECT,
  ],
  [
    'changing a setting',
    ['server.saveOwn'],
    open,
    () => userEvent.selectOptions(screen.getByLabelText(/Кому CRM отдаёт/), ARTYOM),
    DEFECT,
  ],
  ['opening the roles', ['parts.roles'], open, () => inPanel('Выбрать'), DEFECT],
  ['opening the history', ['parts.history'], open, () => inPanel(ru.history.title), DEFECT],
  ['reading the history', ['history.history'], open, () => inPanel(ru.history.title), DEFECT],
  ['opening the test of chats', ['parts.trial'], open, () => inPanel('Протестировать чаты'), DEFECT],
  [
    'saving roles',
    ['chat.introduce', 'chat.roles', 'chat.saveRoles'],
    async () => (await open(), await edit()),
    () => pressInDialog('Сохранить'),
    DEFECT,
  ],
  [
    'loading the latest roles',
    ['chat.roles'],
    async () => {
      await open();
      await edit();
      broken.breaks('chat.saveRoles', 'at once');
      hurry();
      await pressInDialog('Сохранить');
      await screen.findByText(roles.takeTheirs);
    },
    () => pressInDialog(roles.takeTheirs),
    DEFECT,
  ],
  [
    'turning notifications on',
    ['chat.saveRoles'],
    open,
    () => userEvent.click(screen.getByRole('switch', { name: additional.notify })),
    DEFECT,
  ],
  [
    'refreshing',
    ['records.employees', 'clients.check'],
    open,
    () => inPanel('Обновить данные из CRM'),
    DEFECT,
  ],
  ['storing the time of a refresh', ['memory.write'], open, () => inPanel('Обновить данные из CRM'), ''],
  ['storing a draft', ['drafts.write', 'drafts.drop'], open, edit, ''],
  ['offering a draft', ['drafts.read'], async () => {}, () => open().then(select), ''],
  ['loading templates', ['chat.templates'], async () => business(), () => open().then(tryChats), DEFECT],
  [
    'giving the admin a role',
    ['chat.roles', 'chat.saveRoles'],
    async () => (await open(), await tryChats()),
    () => inPanel(trial.role.become),
    DEFECT,
  ],
  [
    'sending a test message',
    ['chat.introduce', 'chat.send'],
    async () => (giveRoles(stage, held(ADMIN, 'manager')), await open(), await tryChats()),
    () => send(),
    '',
  ],
  [
    'opening the chats',
    ['chat.windowAddress', 'chat.isOwnAddress'],
    async () => (giveRoles(stage, held(ADMIN, 'manager')), await open(), await tryChats()),
    () => send(),
    DEFECT,
  ],
];
function business(): void {
  for (const [at, channel] of stage.world.chat.channels.entries())
    stage.world.chat.channels[at] = { ...channel, transport: 'wapi' };
}

const AT_ONCE: readonly Break[] = ['at once'];
const BREAKS: readonly Break[] = ['at once', 'later', 'never'];
/** These answer synchronously. */
const SYNCHRONOUS = /^(page|drafts|memory|parts)\.|isOwnAddress/;
const CELLS = ROWS.flatMap(([action, breaks, ...rest]) =>
  breaks.flatMap(one =>
    (SYNCHRONOUS.test(one) ? AT_ONCE : BREAKS).map(when => [action, one, when, rest] as const),
  ),
);

describe('a defect', () => {
  it.each(CELLS)(
    'in %s (%s throws %s) is reported and leaves nothing busy',
    async (_action, one, when, [before, act, says]) => {
      await before();
      broken.breaks(one, when);
      hurry();
      // Nothing in progress needs real time.
      const whileMs = when === 'never' ? 1 : 5;
      await hurried(act(), whileMs);
      await hurried(
        waitFor(
          () => {
            expect(document.querySelectorAll('[aria-busy="true"], .skeleton')).toHaveLength(0);
            expect(document.body.textContent).toContain(when === 'never' ? '' : says);
          },
          { timeout: 120_000 },
        ),
        whileMs,
      );
      vi.useRealTimers();
      const ways = [...document.querySelectorAll('button')].filter(button => !button.disabled);
      expect(ways).not.toEqual([]);
    },
  );
});
