/**
 * The lives of claims (test/unit/server/claims/model.test.ts) in Pipedrive: the server gets hooks with their own times and a
 * changelog of whole seconds, and the adapter makes one log of both.
 */
import { describe, expect, it } from 'vitest';
import { hookBodyIn } from '../../../../../server/crm/pipedrive/hook-body.ts';
import { ownersOf } from '../../../../../server/crm/pipedrive/owners.ts';
import { claimsInMemory } from '../../../../mocks/claim-store.ts';
import type { Write } from '../../../../support/claim-lives/crm-life.ts';
import { lived } from '../../../../support/claim-lives/lived.ts';
import { SCENARIOS } from '../../../../support/claim-lives/scenarios.ts';
import { CONTACT, type LogOf } from '../../../../support/claim-lives/server-life.ts';
import { answered, forever, personRow, scripted } from './scripted.ts';

/** `npm test` runs as many lives as fit into its time, and `npm run soak` ten times as many. */
const RUNS = process.env['SOAK'] === 'long' ? 1000 : 100;
const LIMIT_MILLISECONDS = 120_000;

/** The hook's time is up to a second later than the changelog's. */
const stampOf = (moment: number): string => new Date(moment + (Math.floor(moment) % 1000)).toISOString();
const textTime = (moment: number): string => new Date(moment).toISOString().slice(0, 19).replace('T', ' ');
const rowOf = ({ by, before, after, moment }: Write) => ({
  field_key: 'owner_id',
  old_value: before,
  new_value: after,
  actor_user_id: Number(by),
  time: textTime(moment),
});
const hookOf = ({ by, before, after, moment }: Write): string =>
  JSON.stringify({
    meta: {
      action: 'change',
      entity: 'person',
      entity_id: CONTACT,
      company_id: '1',
      user_id: by,
      timestamp: stampOf(moment),
    },
    data: { owner_id: Number(after) },
    previous: { owner_id: Number(before) },
  });

const inPipedrive: LogOf = async ({ writes, ownerId, now }, sinceSeconds, known) => {
  const { api } = scripted(({ path }) => {
    const update_time = new Date(writes.at(-1)?.moment ?? 0).toISOString();
    if (path === `v2/persons/${CONTACT}`)
      return answered(personRow(Number(CONTACT), Number(ownerId), { update_time }));
    return answered(
      writes
        .filter(({ shownAt }) => shownAt <= now)
        .map(rowOf)
        .toReversed(),
    );
  });
  const received = writes
    .filter(({ heardAt }) => heardAt <= now)
    .flatMap(one => hookBodyIn(hookOf(one)).changes);
  const owners = ownersOf(api, '1', {
    grantOwner: async () => '1',
    fromHooks: async (_id, since) => received.map(({ event }) => event).filter(({ at }) => at >= since),
    leaving: forever,
  });
  return owners.ownerLog(CONTACT, sinceSeconds, known);
};

describe('a client of Pipedrive claimed by several people at once', () => {
  it.each(SCENARIOS)(
    'goes to the rightful owner, and each page shows that: $name',
    async scenario => {
      const { wrong, untrue, unheard } = await lived(scenario, {
        lives: RUNS,
        newStore: async () => claimsInMemory(),
        logOf: inPipedrive,
      });
      expect({ wrong, untrue }).toEqual({ wrong: [], untrue: [] });
      expect(unheard.length).toBeLessThanOrEqual(RUNS * 0.01);
    },
    LIMIT_MILLISECONDS,
  );
});
