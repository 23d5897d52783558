/** What a claim does at the same time, and what it leaves until the CRM has confirmed it. */
import { screen } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SELLER_B } from '../../world/people.ts';
import { cardStage, CLAIM, press, type CardStage } from './card-stage.tsx';

let stage: CardStage;
beforeEach(() => {
  stage = cardStage();
});
afterEach(() => stage.end());

const TOLD = /Чат исчез у других продавцов/;
/** Whoever has looked at the panel has read the roles, so a proof for the chat service is at hand. */
async function lookedAt(): Promise<void> {
  stage.openCard().look();
  await screen.findByText('Кто видит чаты этого клиента');
}
/** What a press asks for, in order: C for the CRM, c for the chat service's gateway. */
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

describe('a claim of a client at whom the seller has looked', () => {
  it('asks the server for one thing, once the CRM has confirmed it', async () => {
    await lookedAt();
    const asked = await askedBy(async () => {
      await press(CLAIM);
      await screen.findByText(TOLD);
    });
    const told = asked.indexOf('POST c/clients/changed');
    expect(asked.slice(0, told).filter(one => one.includes(' C/'))).toEqual([
      'GET C/api/v4/contacts/N',
      'PATCH C/api/v4/contacts/N',
      'GET C/api/v4/events',
      'GET C/api/v4/contacts/N',
    ]);
    expect(asked.filter(one => /^(POST|DELETE|PATCH) c/.test(one))).toEqual(['POST c/clients/changed']);
  });

  it('tells the chat service nothing when a colleague was faster', async () => {
    await lookedAt();
    stage.world.disturbances.add(
      /^PATCH \/api\/v4\/contacts/,
      () => void stage.world.crm.assignContact(SELLER_B, stage.client.id, SELLER_B),
    );
    const asked = await askedBy(async () => {
      await press(CLAIM);
      await screen.findByText(/Клиента раньше вас взял другой сотрудник: Борис Белов/);
    });
    expect(asked.filter(one => /^(POST|DELETE) c/.test(one))).toEqual([]);
  });
});

describe('the first claim of a page', () => {
  it('asks for the proof only when the CRM has confirmed the claim', async () => {
    stage.openCard();
    const asked = await askedBy(async () => {
      await press(CLAIM);
      await screen.findByText(TOLD);
    });
    const confirmed = asked.lastIndexOf('GET C/api/v4/contacts/N');
    const proof = asked.findIndex(one => one.endsWith('/disposable_token'));
    expect(confirmed).toBe(3);
    expect(proof).toBeGreaterThan(confirmed);
  });
});
