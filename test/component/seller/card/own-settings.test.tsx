/** The account's own settings in a seller's card: available without a request, and updated after the server's first answer. */
import { screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NOBODY, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { accountOf } from '../../admin/settings-stage.tsx';
import { cardStage, CLAIM, press, seat, type CardStage } from './card-stage.tsx';

let stage: CardStage;
beforeEach(() => {
  stage = cardStage();
  stage.client.responsibleUserId = SELLER_B;
});
afterEach(() => stage.end());

const TAKE = 'Забрать клиента';
let version = 0;
beforeEach(() => {
  version = 0;
});
async function set(settings: object): Promise<void> {
  const account = accountOf(stage);
  const expected = String(version);
  await stage.memory.ownSettings.write({ account, employeeId: '1', origin: null, expected, settings });
  version += 1;
}
const asked = () => stage.requests.filter(one => one.endsWith('/own-settings')).length;

describe('own settings in a card', () => {
  it('come from the CRM’s field while the server has none, without a request', async () => {
    stage.openCard({ claims: { fromColleague: 'freely' } }).look();
    await screen.findByRole('button', { name: TAKE });
    expect(asked()).toBe(0);
  });

  it('are read when the server’s answers name a version, and apply at once', async () => {
    await set({ claims: { fromColleague: 'freely' } });
    stage.openCard({ claims: { fromColleague: 'never' } }).look();
    await screen.findByRole('button', { name: TAKE });
    expect(asked()).toBe(1);
  });

  it('are stored in this browser, so that the next card opens with them without a request', async () => {
    await set({ standInOwners: [String(SELLER_B)] });
    stage.openCard().look();
    await screen.findByRole('button', { name: CLAIM });
    const before = stage.requests.length;
    expect(stage.openCard().ownership).toEqual({ kind: 'free', because: 'stand-in' });
    expect(stage.requests).toHaveLength(before);
  });

  it('are requested once for each version, even when several answers name it', async () => {
    await set({ claims: { fromColleague: 'freely' } });
    stage.openCard().look();
    await screen.findByRole('button', { name: TAKE });
    await set({ claims: { fromColleague: 'never' } });
    stage.roles(seat(SELLER_A), seat(NOBODY));
    stage.openCard().look();
    await screen.findAllByText('Кто видит чаты этого клиента');
    await waitFor(() => expect(asked()).toBe(2));
  });

  it('that cannot be read leave the card as it was', async () => {
    await set({ claims: { fromColleague: 'never' } });
    stage.world.disturbances.add(/own-settings/, 'cut', Infinity);
    stage.openCard({ claims: { fromColleague: 'freely' } }).look();
    await screen.findByText('Кто видит чаты этого клиента', {}, { timeout: 9000 });
    await press(TAKE);
    await waitFor(() => expect(stage.client.responsibleUserId).toBe(SELLER_A));
  });
});
