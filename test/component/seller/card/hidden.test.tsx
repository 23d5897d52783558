/** Whom a CRM with groups hides the client from, said where the next step is decided. */
import { screen } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import ru from '../../../../locales/ru.json' with { type: 'json' };
import type { Hidden } from '../../../../widget/host/host.ts';
import { NOBODY, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { cardStage, press, type CardOptions, type CardStage } from './card-stage.tsx';

const [A, B] = [String(SELLER_A), String(SELLER_B)];
const ME = ru.framed.hides.me;
const said = (text: string): string => text.replace('{{name}}', 'Борис Белов');

let stage: CardStage;
beforeEach(() => {
  stage = cardStage();
});
afterEach(() => stage.end());

async function look(ownerId: number, hidden: Hidden, options: CardOptions = {}) {
  stage.client.responsibleUserId = ownerId;
  const hiddenBy = vi.fn<(from: string, to: string) => Hidden>(() => hidden);
  stage.openCard({ ...options, hiddenBy }).look();
  await screen.findByText(ru.claim.sees.title);
  return hiddenBy;
}

it.each(['former-owner', 'former-group'] as const)(
  'before a colleague’s client is taken: %s',
  async hidden => {
    const hiddenBy = await look(SELLER_B, hidden, { claims: { fromColleague: 'freely' } });
    expect(screen.getByText(said(ru.framed.hides[hidden]))).toBeTruthy();
    expect(hiddenBy).toHaveBeenCalledWith(B, A);
  },
);

it('in the form for the reason, once it is open, and nowhere else', async () => {
  await look(SELLER_B, 'former-owner', { claims: { fromColleague: 'with-reason' } });
  await press(ru.claim.take);
  await screen.findByLabelText(new RegExp(ru.claim.reason));
  expect(screen.getAllByText(said(ru.framed.hides['former-owner']))).toHaveLength(1);
});

it('before my client is handed over, once it is chosen to whom', async () => {
  const hiddenBy = await look(SELLER_A, 'me');
  expect(screen.queryByText(ME)).toBeNull();
  await userEvent.click(screen.getByText(ru.claim.more));
  await press(ru.claim.give.button);
  expect(screen.queryByText(ME)).toBeNull();
  await userEvent.selectOptions(screen.getByLabelText(ru.claim.give.to), 'Борис Белов');
  expect(screen.getByText(ME)).toBeTruthy();
  expect(hiddenBy).toHaveBeenLastCalledWith(A, B);
});

it('before my client is released to the stand-in owner', async () => {
  const hiddenBy = await look(SELLER_A, 'me');
  await userEvent.click(screen.getByText(ru.claim.more));
  await press(ru.claim.give.release);
  expect(screen.getByText(ME)).toBeTruthy();
  expect(hiddenBy).toHaveBeenLastCalledWith(A, String(NOBODY));
});

it('before a colleague who asks gets my client', async () => {
  const { crm, clock } = stage.world;
  crm.writeTask(SELLER_B, {
    entityType: 'contacts',
    entityId: stage.client.id,
    responsibleUserId: SELLER_A,
    text: `${ru.letter.question}\n[crm-chat-roles:ask]`,
    completeTill: clock.now() / 1000 + 3600,
  });
  const hiddenBy = await look(SELLER_A, 'me');
  await screen.findByRole('button', { name: ru.claim.ask.grant });
  expect(screen.getByText(ME)).toBeTruthy();
  expect(hiddenBy).toHaveBeenLastCalledWith(A, B);
});

it.each<[string, number, Hidden, CardOptions['claims']]>([
  ['of a client who is nobody’s', NOBODY, 'former-owner', {}],
  ['of a client whom I may only ask for', SELLER_B, 'former-owner', { fromColleague: 'never' }],
  ['where nobody stops seeing the client', SELLER_B, 'nobody', { fromColleague: 'freely' }],
])('not %s', async (_whom, ownerId, hidden, claims = {}) => {
  await look(ownerId, hidden, { claims });
  expect(document.body.textContent).not.toMatch(/не увид/);
});
