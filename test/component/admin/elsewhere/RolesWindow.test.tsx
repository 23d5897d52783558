/** Our page in a window above the CRM's settings page. The settings page is played by what it would say. */
import { cleanup, screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openTalk, type Said, type Talk } from '../../../../widget/admin/elsewhere/talk.ts';
import { RolesWindow } from '../../../../widget/admin/elsewhere/RolesWindow.tsx';
import { createWindow } from '../../../../widget/admin/elsewhere/window.ts';
import { connectSettings } from '../../../../widget/app/admin.tsx';
import { openRoles } from '../../../../widget/admin/roles/dialog.tsx';
import { stageInNode, type NodeStage } from '../../../mocks/node.ts';
import { crmPage, crmRecords } from '../../../support/host-page.ts';
import { wordsIn } from '../../../support/words.ts';
import { ADMIN, SELLER_A } from '../../../world/people.ts';
import { SALES_CHANNEL } from '../../../world/world.ts';
import { ARTYOM, choose, press, tab } from '../roles/dialog-steps.ts';
import { show } from '../../show.tsx';

let stage: NodeStage;
let name: string;
let opener: Talk | null;
let heard: Said[];
let closed: number;
const leaving = new AbortController();

beforeEach(() => {
  localStorage.clear();
  stage = stageInNode({ person: ADMIN });
  heard = [];
  closed = 0;
  name = crypto.randomUUID();
  opener = openTalk(name);
  opener?.hear(words => heard.push(words));
});
afterEach(async () => {
  cleanup();
  vi.unstubAllGlobals();
  opener?.end();
  await stage.quiet();
  stage.close();
  expect(stage.world.unhandledRequests).toEqual([]);
});

/** On one channel, in Russian. */
async function opened(told: Readonly<Record<string, string>> = { scope: SALES_CHANNEL }): Promise<void> {
  const page = crmPage(stage, { own: { chatUrl: stage.world.options.gatewayOrigin } });
  const window = createWindow({
    told: what => ({ talk: name, ...told })[what] ?? '',
    close: () => (closed += 1),
  });
  const { model } = connectSettings({
    page,
    openRecords: crmRecords(stage, page),
    words: wordsIn('ru'),
    signal: leaving.signal,
    openRoles: async () => window.openRoles(openRoles),
  });
  show(<RolesWindow model={model} onLeave={window.leave} />);
  window.follow(model);
  await model.start();
  await screen.findByRole('searchbox', { name: /Поиск/ });
}

it('shows the roles of the channel that was asked for, and says that it is there', async () => {
  await opened();
  expect(tab('Продажи').getAttribute('aria-selected')).toBe('true');
  await waitFor(() => expect(heard).toEqual([{ kind: 'here' }]));
});

it('shows all channels when the address names one that there is not', async () => {
  await opened({ scope: 'nobody-knows' });
  expect(tab('Все каналы').getAttribute('aria-selected')).toBe('true');
});

it('is closed by a save, of which the opener hears', async () => {
  await opened();
  await choose(ARTYOM, 'Контроль качества');
  await press('Сохранить');
  await waitFor(() => expect(closed).toBe(1));
  await waitFor(() => expect(heard).toContainEqual({ kind: 'saved', alongside: 0 }));
  expect(stage.world.chat.settings.userRoles.map(({ userId }) => userId)).toEqual([String(SELLER_A)]);
});

it('hands the opener every edit that the browser does not keep, until the admin gives them up', async () => {
  const refuse = (): never => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  await opened();
  vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse, removeItem: refuse });
  await choose(ARTYOM, 'Контроль качества');
  const seats = () =>
    heard.map(words => (words.kind === 'unstored' ? words.changes.map(({ seat }) => seat) : []));
  await waitFor(() =>
    expect(seats()).toContainEqual([{ channelId: SALES_CHANNEL, employeeId: String(SELLER_A) }]),
  );
  await press('Закрыть');
  const question = within(screen.getByRole('dialog', { name: 'Закрыть без сохранения?' }));
  await userEvent.click(question.getByRole('button', { name: 'Закрыть' }));
  await waitFor(() => expect(closed).toBe(1));
  await waitFor(() => expect(heard.at(-1)).toEqual({ kind: 'unstored', changes: [] }));
});

it('goes when the roles were opened in the settings page', async () => {
  await opened();
  opener?.say({ kind: 'taken-over' });
  await waitFor(() => expect(closed).toBe(1));
});
