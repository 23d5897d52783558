/**
 * After more than a minute offline or asleep the card stops waiting. It says what happened and what is safe, and its button
 * sends a real check. The test moves the clock forward.
 */
import { screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import ru from '../../../../locales/ru.json' with { type: 'json' };
import { NOBODY, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { cardStage, CLAIM, press, type CardStage } from './card-stage.tsx';

let stage: CardStage;
beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 10 });
  stage = cardStage();
});
afterEach(async () => {
  stage.world.disturbances.clear();
  vi.useRealTimers();
  await stage.end();
});

/** Lets time pass, and runs everything that is due. */
async function pass(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) await vi.advanceTimersByTimeAsync(1000);
}
const isBusy = (): boolean => document.querySelector('[aria-busy="true"]') !== null;
/** From now on no request arrives. */
const offline = (): void => stage.world.disturbances.add(/./, 'cut', Infinity);
const online = (): void => stage.world.disturbances.clear();
const asked = async (act: () => unknown): Promise<number> => {
  const before = stage.requests.length;
  await act();
  await pass(2);
  return stage.requests.length - before;
};

describe('a claim whose connection is lost for longer than the card waits', () => {
  beforeEach(async () => {
    stage.openCard();
    // The CRM records it, but the answer is lost.
    stage.world.disturbances.add(/^PATCH/, 'lost-after');
    await press(CLAIM);
    await waitFor(() => expect(stage.client.responsibleUserId).toBe(SELLER_A));
    offline();
    await pass(10);
    await screen.findByText(ru.claim.unknown);
    await pass(100);
  });

  it('says that it is no longer checked, and what is safe', async () => {
    expect(await screen.findByText(ru.claim.gaveUp)).toBeTruthy();
    expect(screen.queryByText(ru.claim.unknown)).toBeNull();
    expect(isBusy()).toBe(false);
    expect(await asked(() => pass(60))).toBe(0);
  });

  it('is checked at each press of the button', async () => {
    for (let time = 0; time < 2; time += 1) {
      expect(await asked(() => press(ru.claim.lookAgain))).toBeGreaterThan(0);
      await screen.findByText(ru.claim.unknown);
      await pass(100);
      await screen.findByText(ru.claim.gaveUp);
    }
    online();
    await press(ru.claim.lookAgain);
    expect(await screen.findByText(/Чат исчез у других продавцов/)).toBeTruthy();
    expect(stage.requests.filter(one => one.startsWith('PATCH'))).toHaveLength(1);
  });

  it.each(['online', 'focus', 'visibilitychange'])('is checked without a press on "%s"', async event => {
    online();
    expect(await asked(() => window.dispatchEvent(new Event(event)))).toBeGreaterThan(0);
    expect(await screen.findByText(/Чат исчез у других продавцов/)).toBeTruthy();
  });

  it('is checked again when the card is opened again', async () => {
    document.body.replaceChildren();
    online();
    await stage.openCard().prepare();
    expect(await screen.findByText(/Чат исчез у других продавцов/)).toBeTruthy();
  });
});

describe('a part of the widget that does not load', () => {
  it('is given up after a while, and an earlier press has no effect when it arrives late', async () => {
    let come = (): void => undefined;
    const late = new Promise<void>(resolve => {
      come = resolve;
    });
    stage.openCard({ load: () => late });
    await press(CLAIM);
    expect(isBusy()).toBe(true);
    await pass(21);
    expect(screen.getByText(ru.card.notLoaded)).toBeTruthy();
    expect(isBusy()).toBe(false);
    come();
    await pass(2);
    expect(stage.client.responsibleUserId).toBe(NOBODY);
    await press(CLAIM);
    expect(await screen.findByText(/Чат исчез у других продавцов/)).toBeTruthy();
  });
});

/** From now on the CRM never answers. */
const silence = (): void => stage.world.disturbances.add(/v4\//, 'lost-before', Infinity);

describe('without any answer from the CRM', () => {
  it.each([
    [
      'looking at the panel',
      NOBODY,
      async () => {
        silence();
        stage.openCard().look();
      },
    ],
    [
      'handing over',
      SELLER_A,
      async () => {
        stage.openCard().look();
        await press(ru.claim.give.release);
        silence();
        await press(ru.claim.give.release);
      },
    ],
    [
      'asking',
      SELLER_B,
      async () => {
        stage.openCard({ claims: { fromColleague: 'never' } }).look();
        await press(ru.claim.ask.button);
        silence();
        await press(ru.claim.ask.send);
      },
    ],
    [
      'undo',
      NOBODY,
      async () => {
        stage.openCard();
        await press(CLAIM);
        await screen.findByText(/Чат исчез/);
        silence();
        await press(ru.claim.undo);
      },
    ],
  ])('the action “%s” ends and offers to check or try again', async (_, owner, act) => {
    stage.client.responsibleUserId = owner;
    await act();
    await pass(120);
    expect(isBusy()).toBe(false);
    const [again] = await screen.findAllByRole('button', {
      name: new RegExp(`^(${ru.claim.retry}|${ru.claim.lookAgain})$`),
    });
    const waiting = [ru.claim.undoing, ru.claim.ask.sending, ru.claim.give.sending, ru.claim.deals.reading];
    expect(waiting.filter(one => document.body.textContent.includes(one))).toEqual([]);
    expect(await asked(() => again?.click())).toBeGreaterThan(0);
  });
});

describe('a card with a client that could not be read', () => {
  it('reads the client again when the connection is back', async () => {
    offline();
    stage.openCard().look();
    await screen.findByText(new RegExp(ru.claim.unreadable));
    online();
    await pass(31);
    window.dispatchEvent(new Event('online'));
    await waitFor(() => expect(screen.queryByText(new RegExp(ru.claim.unreadable))).toBeNull());
    await screen.findByText(ru.claim.sees.title);
  });
});
