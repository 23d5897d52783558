/** The requests of a claim: which are sent at the same time and which one after another, and what the server receives. */
import { screen } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SELLER_B } from '../../../world/people.ts';
import { button, cardStage, CLAIM, press, type CardStage } from './card-stage.tsx';

let stage: CardStage;
beforeEach(() => {
  stage = cardStage();
});
afterEach(() => stage.end());

const CHAT_HIDDEN = /Чат исчез у других продавцов/;
const READ = 'GET C/api/v4/contacts/N';
const WRITE = 'PATCH C/api/v4/contacts/N';
/** The requests of a press, in order: C for the CRM, c for the server. */
async function askedBy(act: () => Promise<unknown>): Promise<readonly string[]> {
  const before = stage.requests.length;
  await act();
  const { crmOrigin, gatewayOrigin } = stage.world.options;
  return stage.requests.slice(before).map(one =>
    one
      .replace(crmOrigin, 'C')
      .replace(gatewayOrigin, 'c')
      .replace(/\d{4,}/, 'N')
      .replace(/\?.*/, ''),
  );
}
const claimed = async (): Promise<void> => {
  await press(CLAIM);
  await screen.findByText(CHAT_HIDDEN);
};

describe('a claim', () => {
  it.each([
    ['of a client on a card that was looked at', true],
    ['that is the first on a page', false],
  ])('%s takes two round trips and two CRM requests until the client is mine', async (_, isLookedAt) => {
    const first = stage.openCard();
    if (isLookedAt) {
      first.look();
      await screen.findByText('Кто видит чаты этого клиента');
    } else {
      // The pointer reaches the button before the press.
      await userEvent.hover(button(CLAIM) ?? document.body);
      await vi.waitUntil(() => stage.requests.length === 1);
      await stage.quiet();
    }
    const asked = await askedBy(claimed);
    const end = asked.indexOf(WRITE) + 1;
    expect(asked.slice(0, end).toSorted()).toEqual([READ, WRITE, 'POST c/claims']);
    expect(asked.slice(end).filter(one => one.includes(' C/api/v4/contacts/N'))).toEqual([]);
    expect(asked.filter(one => one.includes(' c/claims'))).toEqual(['POST c/claims', 'POST c/claims/told']);
  });

  it('is sent to the server while the client is read', async () => {
    stage.openCard().look();
    await screen.findByText('Кто видит чаты этого клиента');
    let letGo = (): void => undefined;
    stage.world.disturbances.add(
      /^POST \/claims$/,
      () =>
        new Promise<void>(resolve => {
          letGo = resolve;
        }),
    );
    const asked = await askedBy(async () => {
      await press(CLAIM);
      await expect.poll(() => stage.requests.slice(-2).some(one => /contacts/.test(one))).toBe(true);
    });
    expect(asked.toSorted()).toEqual([READ, 'POST c/claims']);
    letGo();
    await screen.findByText(CHAT_HIDDEN);
  });

  it('is released, and nothing is written, when a colleague was faster', async () => {
    stage.openCard();
    stage.world.crm.assignContact(SELLER_B, stage.client.id, SELLER_B);
    const asked = await askedBy(async () => {
      await press(CLAIM);
      await screen.findByText(/уже отвечает другой сотрудник: Борис Белов/);
      await expect.poll(() => stage.memory.claims.rows[0]?.state).toBe('released');
    });
    expect(asked).not.toContain(WRITE);
    expect(stage.world.chat.contacts.size).toBe(0);
  });

  it('is written without the server’s answer after three seconds', async () => {
    stage.openCard();
    stage.world.disturbances.add(/^POST \/claims$/, 'lost-before');
    await claimed();
    expect(stage.memory.claims.rows[0]?.state).toBe('stands');
  });

  it('sends no other requests where there is no server', async () => {
    stage.openCard({ chatUrl: '' });
    const asked = await askedBy(async () => {
      await press(CLAIM);
      await screen.findByText(/Wazzup для этого не подключён/);
    });
    expect(asked).toEqual([READ, WRITE]);
  });
});
