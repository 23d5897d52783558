/**
 * Each action on a card, with each service method that it calls throwing a `TypeError`, as a defect of ours would. The card
 * says so and does not wait forever, and what it offers next completes the action.
 */
import { screen, waitFor } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import ru from '../../../../locales/ru.json' with { type: 'json' };
import { CLAIM, press, type Seam } from './card-stage.tsx';
import { begin, isSaid, VERBS, type At, type Verb } from './verbs.ts';

const BLANK = 'about:blank';
let tabs: { isClosed: boolean; address: string }[];
let at: At | null;
beforeEach(() => {
  tabs = [];
  at = null;
  vi.spyOn(window, 'open').mockImplementation(() => {
    const tab = { isClosed: false, address: BLANK };
    tabs.push(tab);
    return Object({
      document: { title: '', body: {} },
      location: { replace: (address: string) => (tab.address = address) },
      close: () => (tab.isClosed = true),
    });
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await at?.stage.end();
});
const stageFor = async (verb: Verb): Promise<At> => {
  await at?.stage.end();
  tabs = [];
  at = null;
  at = await begin(verb);
  return at;
};
const isDone = (verb: Verb, on: At): boolean =>
  verb.isDone(on) || tabs.some(({ isClosed, address }) => !isClosed && address !== BLANK);

/** Texts that are shown while something is in progress. */
const WAITING = [
  ru.card.claiming,
  ru.claim.checking,
  ru.claim.undoing,
  ru.claim.give.sending,
  ru.claim.ask.sending,
  ru.list.checking,
  ru.claim.deals.reading,
  ru.claim.sees.reading,
  ru.claim.deal.reading,
  ru.claim.followUp.waiting.chat,
  ru.claim.followUp.waiting.deals,
];
const isAtRest = (): void => {
  expect(document.querySelector('[aria-busy="true"]')).toBeNull();
  expect(WAITING.filter(isSaid)).toEqual([]);
};
const ways = (): readonly HTMLElement[] =>
  screen
    .queryAllByRole('button')
    .filter(one => !one.hasAttribute('disabled') && one.getAttribute('aria-busy') !== 'true');
/** The button that the card offers next: try again, check again, or the action itself. */
function wayOn({ name }: Verb, step: number): HTMLElement | undefined {
  const all = ways();
  const again = all.filter(one => [ru.claim.retry, ru.claim.lookAgain].includes(one.textContent));
  return again[step % again.length] ?? all.find(one => one.textContent === name);
}

const PATIENT = { timeout: 9000 };
/** Each method takes seconds, because a card waits before it asks again. Only `npm run soak` breaks all of them. */
const IS_LONG = process.env['SOAK'] === 'long';
const firstAndLast = (points: readonly Seam[]): readonly Seam[] =>
  [...new Set([points.at(0), points.at(-1)])].filter(point => point !== undefined);

async function endsWell(verb: Verb, point: Seam): Promise<void> {
  const on = await stageFor(verb);
  const done = (): boolean => isDone(verb, on);
  on.stage.broken.add(point);
  await verb.press(on);
  await waitFor(isAtRest, PATIENT);
  await waitFor(() => expect(done() || isSaid(ru.failure.defect)).toBe(true), PATIENT);
  expect(tabs.filter(tab => !tab.isClosed && tab.address === BLANK)).toEqual([]);
  on.stage.broken.clear();
  expect(done() || wayOn(verb, 0), 'a next step is offered').toBeTruthy();
  for (let step = 0; step < 15 && !done(); step += 1) {
    const way = wayOn(verb, step);
    if (way) await userEvent.click(way);
    await waitFor(isAtRest, PATIENT);
    const soon = { timeout: 400 };
    await waitFor(() => done() || Promise.reject(new Error('Not yet')), soon).catch(() => undefined);
  }
  expect(done()).toBe(true);
}

describe('a defect in the widget', () => {
  it.each(['page.employee', 'page.employees'] as const)(
    'in %s is reported, and a next step is offered',
    async point => {
      const { stage } = await stageFor(VERBS['looking at the panel']);
      stage.broken.add(point);
      await press(ru.card.details);
      await screen.findAllByText(new RegExp(ru.failure.defect));
      await waitFor(isAtRest, PATIENT);
      expect(ways().length).toBeGreaterThan(0);
    },
  );

  it('while the card’s lazy part is created is reported like a part that could not be loaded', async () => {
    const load = (): never => {
      throw new TypeError('import is not a function');
    };
    await stageFor({ ...VERBS['I’m responsible'], options: { load } });
    await press(CLAIM);
    await screen.findByText(ru.card.notLoaded);
    isAtRest();
    expect(ways().map(one => one.textContent)).toEqual([CLAIM]);
  });
});

describe('a defect during the action', () => {
  it.each(Object.entries<Verb>(VERBS))(
    '“%s” is reported, and the next step completes the action',
    async (_, verb) => {
      const on = await stageFor(verb);
      await verb.press(on);
      await waitFor(() => expect(isDone(verb, on)).toBe(true), PATIENT);
      const points = [...new Set(on.stage.called)].filter(
        point => !point.startsWith('page') && (verb.points ?? /./).test(point),
      );
      expect(points.length).toBeGreaterThan(0);
      const faults: string[] = [];
      for (const point of IS_LONG ? points : firstAndLast(points)) {
        await endsWell(verb, point).catch((error: unknown) => {
          faults.push(`${point}: ${document.body.textContent} ${String(error).slice(0, 100)}`);
        });
      }
      expect(faults).toEqual([]);
    },
    120_000,
  );
});
