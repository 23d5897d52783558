/** Two people or channels with the same name can be told apart wherever they are named. */
import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ADMIN, HEAD_OF_SALES, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { SALES_CHANNEL, WHOLESALE_CHANNEL } from '../../../world/world.ts';
import { giveRoles, held, savedWith, settingsStage, type SettingsStage } from '../settings-stage.tsx';
import { allowTab, browserTab, openTrial, send } from '../trial/trial-steps.ts';
import { ARTYOM, choose, dialog, openDialog, press, VERA } from './dialog-steps.ts';

let stage: SettingsStage;
beforeEach(() => {
  stage = settingsStage();
  rename(SELLER_A, SELLER_B);
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await stage.end();
});

/** Gives these people the same name, so that only their e-mail addresses differ. */
function rename(...ids: readonly number[]): void {
  for (const id of ids) {
    const user = stage.world.crm.users.get(id);
    if (user) user.name = ARTYOM;
  }
}
function deactivate(...ids: readonly number[]): void {
  for (const id of ids) Object.assign(stage.world.crm.users.get(id) ?? {}, { isActive: false });
}

/** Everything on the screen that names this, as text or as a label. */
function namings(name: string): readonly string[] {
  const elements = [...document.body.querySelectorAll('*')];
  const said = ['aria-label', 'title'].flatMap(about =>
    elements.map(element => element.getAttribute(about) ?? ''),
  );
  const read = elements
    .flatMap(element => Array.from(element.childNodes))
    .map(node => (node.nodeType === Node.TEXT_NODE ? (node.textContent ?? '') : ''));
  return [...said, ...read].filter(text => text.includes(name));
}
/** Texts with the bare name alone, and details that no text shows. */
function untold(name = ARTYOM, details = ['employee-8002@', 'employee-8003@']): readonly string[] {
  const all = namings(name);
  return [
    ...all.filter(
      text =>
        !text
          .split(name)
          .slice(1)
          .every(rest => rest.startsWith(' (')),
    ),
    ...details.filter(detail => !all.some(text => text.includes(`${name} (${detail}`))),
  ];
}
const leaveOpen = async (what: RegExp) => {
  for (const one of screen.queryAllByText(what)) await userEvent.click(one);
};

/** Chooses this role for both of them. */
async function chooseForBoth(role: string): Promise<void> {
  for (const row of dialog().getAllByRole('row', { name: new RegExp(`^${ARTYOM}`) }))
    await userEvent.click(within(row).getByRole('radio', { name: role }));
}

type Surface = readonly [where: string, show: () => Promise<unknown>];
const PEOPLE: readonly Surface[] = [
  [
    'rows and newcomers',
    async () => {
      giveRoles(stage, held(HEAD_OF_SALES, 'manager'));
      savedWith(stage, HEAD_OF_SALES);
      await openDialog(stage, {
        chatUrl: stage.world.options.gatewayOrigin,
        newcomers: { 0: 'seller' },
      });
      await dialog().findByRole('button', { name: 'Назначить роль группы' });
    },
  ],
  [
    'warnings',
    async () => {
      for (const id of [SELLER_A, SELLER_B]) {
        const user = stage.world.crm.users.get(id);
        if (user) user.contacts = { view: 'A', edit: 'M' };
      }
      giveRoles(stage, held(SELLER_A, 'seller'), held(SELLER_B, 'seller'));
      await stage.open();
    },
  ],
  [
    'leavers and their clients',
    async () => {
      deactivate(SELLER_A, SELLER_B);
      giveRoles(stage, held(SELLER_A, 'seller'), held(SELLER_B, 'seller'));
      await openDialog(stage);
      await dialog().findAllByRole('link', { name: /^Клиенты в CRM/ });
    },
  ],
  [
    'the review',
    async () => {
      giveRoles(stage, held(SELLER_A, 'seller'), held(SELLER_B, 'seller'));
      await openDialog(stage);
      await chooseForBoth('Контроль качества');
      await press('Сохранить');
      await screen.findByRole('dialog', { name: /Оставить канал/ });
    },
  ],
  [
    'conflicts',
    async () => {
      await openDialog(stage);
      await chooseForBoth('Контроль качества');
      giveRoles(stage, held(SELLER_A, 'manager'), held(SELLER_B, 'manager'));
      await press('Сохранить');
      await dialog().findByRole('region', { name: /изменили и вы/ });
    },
  ],
  [
    '“same as a colleague”',
    async () => {
      giveRoles(stage, held(SELLER_A, 'seller'), held(SELLER_B, 'seller'));
      await openDialog(stage);
      await userEvent.click(dialog().getByRole('checkbox', { name: new RegExp(VERA) }));
      await dialog().findByLabelText('Как у коллеги:');
    },
  ],
  [
    '“why does … see this”',
    async () => {
      await openDialog(stage);
      for (const one of dialog()
        .getAllByRole('button', { name: new RegExp(ARTYOM) })
        .slice(0, 1))
        await userEvent.click(one);
      await screen.findByRole('dialog', { name: new RegExp(ARTYOM) });
    },
  ],
  [
    'stand-in owners and default channels',
    async () => {
      giveRoles(
        stage,
        ...[SELLER_A, SELLER_B].flatMap(id =>
          [SALES_CHANNEL, WHOLESALE_CHANNEL].map(channel => held(id, 'manager', channel)),
        ),
      );
      await stage.open({
        own: {
          chatUrl: stage.world.options.gatewayOrigin,
          standInOwners: [String(SELLER_A)],
          channels: { people: { [SELLER_B]: SALES_CHANNEL } },
        },
      });
      await leaveOpen(/^Дополнительно$/);
    },
  ],
  [
    'who sees a test message',
    async () => {
      giveRoles(stage, held(SELLER_A, 'manager'), held(SELLER_B, 'manager'), held(ADMIN, 'manager'));
      allowTab(browserTab());
      await openTrial(stage);
      await send();
      await screen.findByRole('heading', { name: /Кто видит/ });
    },
  ],
];

it('the group that tells two people apart is shown once in a row', async () => {
  Object.assign(stage.world.crm.users.get(SELLER_B) ?? {}, { groupId: 493_002 });
  await openDialog(stage);
  const row = dialog().getByRole('row', { name: new RegExp(`^${ARTYOM} \\(Поддержка`) });
  expect(within(row).getAllByText(/Поддержка/)).toHaveLength(1);
});

describe('two employees with the same name', () => {
  it.each(PEOPLE)('are told apart in %s', async (_where, show) => {
    await show();
    await waitFor(() => expect(untold()).toEqual([]));
  });

  it('are told apart in the list of admins that other employees can ask', async () => {
    const boris = stage.world.crm.users.get(SELLER_B);
    if (boris) boris.isAdmin = true;
    stage.person = HEAD_OF_SALES;
    await stage.open();
    expect(namings(ARTYOM).every(text => text.includes('employee-8003@'))).toBe(true);
    expect(namings(ARTYOM)).not.toEqual([]);
  });

  it('are told apart by their group when the groups differ', async () => {
    const boris = stage.world.crm.users.get(SELLER_B);
    if (boris) boris.groupId = 493_002;
    await openDialog(stage);
    expect(untold(ARTYOM, ['Отдел продаж)', 'Поддержка)'])).toEqual([]);
  });
});

describe('two channels with the same name', () => {
  const CHANNELS: readonly Surface[] = [
    ['tabs and warnings', () => openDialog(stage)],
    ['the panel', () => stage.open()],
    [
      'default channels',
      async () => {
        giveRoles(
          stage,
          ...[SALES_CHANNEL, WHOLESALE_CHANNEL].map(channel => held(HEAD_OF_SALES, 'manager', channel)),
        );
        await stage.open({
          own: {
            chatUrl: stage.world.options.gatewayOrigin,
            channels: { people: { [HEAD_OF_SALES]: SALES_CHANNEL } },
          },
        });
        await leaveOpen(/^Дополнительно$/);
      },
    ],
    ['the test of chats', () => openTrial(stage)],
    [
      'the review',
      async () => {
        giveRoles(stage, held(HEAD_OF_SALES, 'manager'), held(SELLER_A, 'seller', WHOLESALE_CHANNEL));
        await openDialog(stage);
        await choose(VERA, 'Без роли');
        const [everywhere] = dialog().getAllByRole('tab');
        if (everywhere) await userEvent.click(everywhere);
        await press('Что изменится');
        const review = within(await screen.findByRole('dialog', { name: 'Оставить канал без ответа?' }));
        review.getByRole('listitem', { name: VERA });
      },
    ],
  ];

  it.each(CHANNELS)('are told apart in %s', async (_where, show) => {
    const [, wholesale] = stage.world.chat.channels;
    if (wholesale) Object.assign(wholesale, { name: 'Продажи' });
    await show();
    expect(untold('Продажи', ['WhatsApp', 'Telegram'])).toEqual([]);
  });

  it('are told apart by their ids when the messenger is the same', async () => {
    const [sales, wholesale] = stage.world.chat.channels;
    if (sales && wholesale) Object.assign(wholesale, { name: sales.name, transport: sales.transport });
    await openDialog(stage);
    expect(
      untold(
        'Продажи',
        [SALES_CHANNEL, WHOLESALE_CHANNEL].map(id => `WhatsApp, #${id}`),
      ),
    ).toEqual([]);
  });
});
