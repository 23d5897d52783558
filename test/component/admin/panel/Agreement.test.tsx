/** The line that says whether the chat service and the CRM agree, and the notices below it. */
import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { emulatedClients, type Told } from '../../../mocks/clients.ts';
import { SELLER_A } from '../../../world/people.ts';
import { settingsStage, type SettingsStage } from '../settings-stage.tsx';
import { cleanup } from '../../show.tsx';
import { press } from './panel-steps.ts';

const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
const alike = (fields: Told = {}): Told => ({
  known: 12_431,
  right: 12_431,
  unsent: 0,
  notNumbers: 0,
  sending: true,
  checkedAt: minutesAgo(3),
  ...fields,
});

let stage: SettingsStage;
beforeEach(() => {
  stage = settingsStage();
});
afterEach(async () => {
  vi.useRealTimers();
  await stage.end();
});

async function open(told: Told, ...next: readonly Told[]): Promise<void> {
  stage.clients = emulatedClients(told, ...next);
  await stage.open();
}
/** Numbers without the spaces that a language puts into them. */
const plain = (text: string | null | undefined): string => (text ?? '').replaceAll(/(?<=\d)\s(?=\d)/g, '');
const line = async (words: RegExp) => {
  const found = await screen.findByText(
    (_text, element) => element?.tagName === 'P' && words.test(plain(element.textContent)),
    {},
    { timeout: 3000 },
  );
  return plain(found.textContent).trim();
};
const reads = () => stage.requests.filter(asked => /^GET .*\/clients$/.test(asked)).length;
const asked = () => stage.clients?.asked;

describe('the line about agreement between the chat service and the CRM', () => {
  it('shows the numbers and the time of the last comparison, without a notice or a button', async () => {
    await open(alike());
    expect(await line(/^Wazzup и CRM совпадают/)).toBe(
      'Wazzup и CRM совпадают: 12431 из 12431, проверено 3 минуты назад',
    );
    expect(screen.queryByText(/Не передано/)).toBeNull();
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Сверить' })).toBeNull();
  });

  it('does not say that they agree when some clients differ', async () => {
    await open(alike({ right: 12_400 }), alike({ checkedAt: minutesAgo(0) }));
    expect(await line(/из 12431/)).toMatch(
      /^Wazzup и CRM совпадают не во всём: 12400 из 12431, проверено 3 минуты назад/,
    );
    await press('Сверить');
    expect(await line(/^Wazzup и CRM совпадают:/)).toMatch(/12431 из 12431/);
    expect(asked()).toEqual(['POST /clients/check']);
  });

  it('says that they have never been compared, and offers a comparison', async () => {
    await open({}, alike({ known: 2, right: 2 }));
    expect(await line(/ещё не сверяли/)).toMatch(/^Wazzup и CRM ещё не сверяли/);
    await press('Сверить');
    expect(await line(/2 из 2/)).toMatch(/совпадают/);
  });

  it('does not say that they agree while some clients were never sent to the chat service', async () => {
    await open(alike({ known: 40, right: 40, unsent: 60 }));
    expect(await line(/из 100/)).toMatch(/^Wazzup и CRM совпадают не во всём: 40 из 100/);
  });

  it('says that there are no clients to send instead of “0 of 0 agree”', async () => {
    await open(alike({ known: 0, right: 0 }));
    expect(await line(/пока некого/)).not.toMatch(/совпадают|из 0/);
  });

  it('says that a comparison was not completed, and does not show its numbers as agreement', async () => {
    await open(alike({ problem: 'crm' }));
    const said = await line(/не закончилась/);
    expect(said).toMatch(/^Последняя сверка не закончилась \(3 минуты назад\)\. .*CRM/);
    expect(said).not.toMatch(/совпадают/);
  });

  it('is hidden from an employee who is not an admin, and nothing is requested for them', async () => {
    stage.person = SELLER_A;
    await open(alike());
    expect(screen.queryByText(/совпадают/)).toBeNull();
    expect(reads()).toBe(0);
  });

  it('is hidden where the chat service has no roles, and nothing is requested', async () => {
    stage.keyKind = 'sidecar';
    await open(alike());
    expect(screen.queryByText(/совпадают/)).toBeNull();
    expect(reads()).toBe(0);
  });

  it('is updated by a refresh, whose report does not repeat it', async () => {
    await open(alike({ known: 1, right: 1 }), alike({ known: 2, right: 2, pipelines: 1 }));
    await line(/1 из 1/);
    await press('Обновить данные из CRM');
    await screen.findByText(/^Готово/, {}, { timeout: 4000 });
    expect(await line(/2 из 2/)).toMatch(/совпадают/);
    expect(
      within(screen.getByRole('list', { name: 'Данные в Wazzup' })).getAllByRole('listitem'),
    ).toHaveLength(1);
  });

  it('says that it could not be read and offers a retry, and the rest of the panel still works', async () => {
    stage.world.disturbances.add(/^GET \/clients/, 'cut', Infinity);
    await open(alike());
    expect(await line(/^Не удалось узнать/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Выбрать' })).toBeTruthy();
    expect(screen.getByRole('heading', { name: 'Как забирают клиентов' })).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
    stage.world.disturbances.clear();
    await press('Попробовать ещё раз');
    expect(await line(/^Wazzup и CRM совпадают:/)).toMatch(/12431/);
  });
});

describe('clients that are being checked', () => {
  beforeEach(() => {
    vi.useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
      shouldAdvanceTime: true,
    });
  });
  const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms);

  it('are counted and polled every few seconds until none are left, and then both sides are compared once more', async () => {
    await open(alike({ right: 12_419, waiting: 12 }), alike());
    expect(await line(/ещё 12/)).toMatch(/12419 из 12431, проверено 3 минуты назад, ещё 12 сверяются$/);
    const before = reads();
    await wait(3000);
    await waitFor(() => expect(reads()).toBe(before + 1));
    if (stage.clients) stage.clients.told = alike({ right: 12_419, waiting: 0 });
    await wait(3000);
    await waitFor(() => expect(asked()).toEqual(['POST /clients/check']));
    await wait(1500);
    expect(await line(/совпадают:/)).toBe('Wazzup и CRM совпадают: 12431 из 12431, проверено 3 минуты назад');
  });

  it('are not polled while the page is hidden', async () => {
    await open(alike({ waiting: 12 }));
    await line(/ещё 12/);
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    const before = reads();
    await wait(20_000);
    expect(reads()).toBe(before);
    hidden.mockReturnValue(false);
    await wait(3000);
    await waitFor(() => expect(reads()).toBe(before + 1));
  });

  it('are not polled after the panel is closed, and no timer is left', async () => {
    vi.useRealTimers();
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    await open(alike({ waiting: 12 }));
    await line(/ещё 12/);
    await expect.poll(vi.getTimerCount).toBe(1);
    const before = reads();
    cleanup();
    await expect.poll(vi.getTimerCount).toBe(0);
    await wait(60_000);
    expect(reads()).toBe(before);
  });
});

describe('clients that could not be sent to the chat service', () => {
  const failing = alike({
    failed: 22,
    notTold: [
      { kind: 'contact', id: '501', reason: 'refused' },
      { kind: 'deal', id: '9001', reason: 'server' },
    ],
  });

  it('are listed in a fold with a link to each card, the reason, and how many more there are', async () => {
    await open(failing);
    const summary = await screen.findByText('Не передано: 22 клиента');
    const details = summary.closest('details');
    expect(details?.open).toBe(false);
    const items = within(details ?? summary)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent);
    expect(items).toEqual([
      expect.stringMatching(/^Контакт 501\. Wazzup не принимает этого клиента/),
      expect.stringMatching(/^Сделка 9001\. Сбой на нашей стороне/),
      'И ещё: 20',
    ]);
    const links = within(details ?? summary)
      .getAllByRole('link')
      .map(link => link.getAttribute('href'));
    expect(links).toEqual(['/contacts/detail/501', '/leads/detail/9001']);
  });

  it('are sent again on a press', async () => {
    await open(failing, alike());
    await userEvent.click(await screen.findByText(/^Не передано/));
    await press('Попробовать ещё раз');
    await waitFor(() => expect(screen.queryByText(/^Не передано/)).toBeNull(), { timeout: 3000 });
    expect(asked()).toEqual(['POST /clients/check']);
  });
});

describe('changes that need the admin’s consent', () => {
  const before = alike({ known: 40, right: 40, sending: false, unsent: 1234, notNumbers: 17 });
  const notice = async () => {
    const button = await screen.findByRole('button', { name: 'Передать в Wazzup' });
    return plain(button.closest('.notice')?.textContent);
  };

  it('are clients that were never sent: the notice says how many, what it means and how long it takes', async () => {
    await open(before);
    const said = await notice();
    expect(said).toMatch(/видят все, кто получает новых клиентов/);
    expect(said).toMatch(/не знает: 1234/);
    expect(said).toMatch(/телефон: 17/);
    expect(said).toMatch(/около 11 минут/);
    expect(asked()).toEqual([]);
  });

  it('are sent by one press, which consents and starts a comparison', async () => {
    await open(before, alike({ known: 40, right: 40, waiting: 1234 }));
    await notice();
    await press('Передать в Wazzup');
    expect(await line(/ещё 1234 сверяются/)).toBeTruthy();
    expect(asked()).toEqual(['POST /clients/release', 'POST /clients/check']);
    expect(screen.queryByRole('button', { name: 'Передать в Wazzup' })).toBeNull();
  });

  it('are offered without numbers in an account without clients', async () => {
    await open({ ...before, unsent: 0, notNumbers: 0 });
    expect(await notice()).not.toMatch(/\d/);
  });

  it('are also clients that differ, which one press updates', async () => {
    await open(alike({ held: 40, right: 12_391 }), alike());
    await screen.findByText(/расходятся данные о клиентах: 40\./);
    await press('Обновить Wazzup');
    await waitFor(() => expect(screen.queryByText(/расходятся/)).toBeNull(), { timeout: 3000 });
    expect(asked()).toEqual(['POST /clients/release', 'POST /clients/check']);
  });

  it('of both kinds share one notice with one button', async () => {
    await open({ ...before, held: 6 });
    expect(await notice()).toMatch(/расходятся данные о клиентах: 6\..*Без вашего согласия/);
    expect(screen.queryByRole('button', { name: 'Обновить Wazzup' })).toBeNull();
    expect(document.querySelectorAll('.notice')).toHaveLength(1);
  });

  it('are not offered before the first comparison', async () => {
    await open({ sending: false, unsent: null });
    await line(/ещё не сверяли/);
    expect(screen.queryByRole('button', { name: 'Передать в Wazzup' })).toBeNull();
  });
});
