/** The settings page while the roles are open in a window above it. The window is played by what its page would say. */
import { screen, waitFor } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openTalk, type Said, type Talk } from '../../../../widget/admin/elsewhere/talk.ts';
import type { Change } from '../../../../widget/admin/roles/rules/draft.ts';
import type { Elsewhere } from '../../../../widget/host/host.ts';
import { SELLER_A } from '../../../world/people.ts';
import { SALES_CHANNEL } from '../../../world/world.ts';
import { giveRoles, held, settingsStage, type SettingsStage } from '../settings-stage.tsx';
import { ARTYOM, roleOf } from '../roles/dialog-steps.ts';

const CHANGE: Change = {
  seat: { channelId: SALES_CHANNEL, employeeId: String(SELLER_A) },
  before: { role: null, receivesNewClients: false },
  after: { role: 'auditor', receivesNewClients: false },
};

type Played = {
  readonly openElsewhere: Elsewhere;
  readonly told: () => Readonly<Record<string, string>>;
  /** As the page in the window. */
  readonly say: (words: Said) => void;
  readonly heard: string[];
  /** What has come to the settings page. */
  readonly delivered: string[];
  /** By the CRM. */
  readonly close: (how?: 'closed' | 'not-opened') => void;
};

function played(): Played {
  const heard: string[] = [];
  const delivered: string[] = [];
  let witness: Talk | null = null;
  let asked: Readonly<Record<string, string>> = {};
  let talk: Talk | null = null;
  let close: Played['close'] = () => undefined;
  return {
    heard,
    delivered,
    told: () => asked,
    say: words => talk?.say(words),
    close: (how = 'closed') => close(how),
    openElsewhere(_what, told) {
      asked = told;
      talk = openTalk(told['talk'] ?? '');
      talk?.hear(({ kind }) => heard.push(kind));
      // Opened after the settings page's own, so it hears everything later.
      witness = openTalk(told['talk'] ?? '');
      witness?.hear(({ kind }) => delivered.push(kind));
      return new Promise(resolve => {
        close = how => {
          talk?.end();
          witness?.end();
          resolve(how ?? 'closed');
        };
      });
    },
  };
}

let stage: SettingsStage;
let elsewhere: Played;
beforeEach(() => {
  stage = settingsStage();
  elsewhere = played();
});
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  elsewhere.close();
  await stage.end();
});

const OPEN = 'Роли открыты в окне поверх этой страницы.';
async function chosen(): Promise<void> {
  await stage.open({ openElsewhere: elsewhere.openElsewhere });
  await userEvent.click(screen.getByRole('button', { name: 'Выбрать' }));
}
const inPage = () => screen.findByRole('searchbox', { name: /Поиск/ });

describe('roles in a window', () => {
  it('are waited for, and what was saved there is read and told here', async () => {
    await chosen();
    elsewhere.say({ kind: 'here' });
    await screen.findByText(OPEN);
    giveRoles(stage, held(SELLER_A, 'auditor'));
    elsewhere.say({ kind: 'saved', alongside: 2 });
    elsewhere.close();
    await screen.findByText(/Роли сохранены.*2/);
    expect(screen.getByText(/Контроль качества: 1/)).toBeTruthy();
    expect(screen.queryByText(OPEN)).toBeNull();
  });

  it('that were closed without saving leave the numbers as the service has them, and nothing is told', async () => {
    await chosen();
    elsewhere.say({ kind: 'here' });
    await screen.findByText(OPEN);
    giveRoles(stage, held(SELLER_A, 'auditor'));
    elsewhere.close();
    await screen.findByText(/Контроль качества: 1/);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(screen.queryByText(/Роли сохранены/)).toBeNull();
  });

  it('that cannot be read again are told of, and read at the next try', async () => {
    await chosen();
    elsewhere.say({ kind: 'here' });
    await screen.findByText(OPEN);
    stage.world.disturbances.add(/^GET \/settings/, 'unauthorized', Infinity);
    elsewhere.close();
    await screen.findByText(/Числа на этой странице могут быть старыми/, {}, { timeout: 9000 });
    stage.world.disturbances.clear();
    await userEvent.click(screen.getByRole('button', { name: 'Попробовать ещё раз' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('whose edits the browser does not keep go on in the page when the CRM closes the window', async () => {
    await chosen();
    elsewhere.say({ kind: 'here' });
    await screen.findByText(OPEN);
    elsewhere.say({ kind: 'unstored', changes: [CHANGE] });
    await waitFor(() => expect(elsewhere.delivered).toContain('unstored'));
    elsewhere.close();
    await inPage();
    await userEvent.click(await screen.findByRole('tab', { name: /^Продажи/ }));
    await waitFor(() => expect(roleOf(ARTYOM)).toBe('Контроль качества'));
  });
});

describe('roles open in the page', () => {
  it.each(['closed', 'not-opened'] as const)('when the window is %s before it has shown them', async how => {
    await chosen();
    elsewhere.close(how);
    expect(await inPage()).toBeTruthy();
  });

  it('when the window stays silent, and a window that comes too late is told to go', async () => {
    await stage.open({ openElsewhere: elsewhere.openElsewhere });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
    const user = userEvent.setup({ advanceTimers: ms => void vi.advanceTimersByTime(ms) });
    await user.click(screen.getByRole('button', { name: 'Выбрать' }));
    await screen.findByText('Открываем…');
    await vi.advanceTimersByTimeAsync(12_000);
    await inPage();
    elsewhere.heard.length = 0;
    elsewhere.say({ kind: 'here' });
    await waitFor(() => expect(elsewhere.heard).toEqual(['taken-over']));
  });

  it('when the admin does not want to wait for the window', async () => {
    await chosen();
    await userEvent.click(screen.getByRole('button', { name: 'Открыть здесь' }));
    await inPage();
    await waitFor(() => expect(elsewhere.heard).toEqual(['taken-over']));
  });

  it('although the window closes before they have loaded here', async () => {
    let finish = (): void => undefined;
    const loaded = new Promise<void>(resolve => {
      finish = resolve;
    });
    await stage.open({
      openElsewhere: elsewhere.openElsewhere,
      async loadHere() {
        await loaded;
        return (await import('../../../../widget/admin/roles/dialog.tsx')).openRoles;
      },
    });
    await userEvent.click(screen.getByRole('button', { name: 'Выбрать' }));
    elsewhere.say({ kind: 'here' });
    await screen.findByText(OPEN);
    await userEvent.click(screen.getByRole('button', { name: 'Открыть здесь' }));
    await waitFor(() => expect(elsewhere.heard).toEqual(['taken-over']));
    elsewhere.close();
    finish();
    await inPage();
    await stage.quiet();
    await inPage();
  });

  it('where the browser keeps nothing, which a window would lose', async () => {
    const refuse = (): never => {
      throw new DOMException('denied', 'SecurityError');
    };
    vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse, removeItem: refuse });
    await chosen();
    await inPage();
    expect(elsewhere.told()).toEqual({});
  });
});

it('the window is told which channel, and whether the admin has asked for their edits', async () => {
  const model = await stage.open({ openElsewhere: elsewhere.openElsewhere });
  await model.select(SALES_CHANNEL, 'resume');
  await screen.findByText('Открываем…');
  expect(elsewhere.told()).toMatchObject({ scope: SALES_CHANNEL, resume: 'yes' });
});
