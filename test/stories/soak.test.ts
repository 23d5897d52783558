/** `npm run soak` simulates two hours of ten people; `npm test` a few minutes of three. */
import { expect, it } from 'vitest';
import { connected } from '../support/setting-up.ts';
import { stages } from '../support/browser-stage.ts';
import { officeDay, type Day } from './office-day.ts';

const isLong = process.env['SOAK'] === 'long';
const DAY: Day = isLong
  ? { sellers: 9, rounds: 120, minutes: 120, seed: Number(process.env['SEED'] ?? 7) }
  : { sellers: 2, rounds: 6, minutes: 6, seed: 7 };
const browser = stages();

it(
  `${DAY.minutes} minutes of ${DAY.sellers + 1} people leave each client with the owner whom the CRM recorded first`,
  async () => {
    const stage = await browser.stage({ size: 16 });
    connected(stage);
    stage.follow();
    const { world } = stage;
    const { clients, faults, weights } = await officeDay(stage, DAY);

    const chatOwner = (id: number) => world.chat.contacts.get(String(id))?.responsibleUserId;
    const changesOf = (id: number) => world.crm.ownerChanges.filter(change => change.entityId === id);
    const taken = clients.flatMap(client => {
      const [first] = changesOf(client.id);
      return first ? [{ client, owner: first.after }] : [];
    });
    for (const { client, owner } of taken) {
      // A claim with a lost answer completes by itself, and so does an update of the chat service.
      await expect.poll(() => client.responsibleUserId, { timeout: 90_000 }).toBe(owner);
      await expect.poll(() => chatOwner(client.id), { timeout: 90_000 }).toBe(String(owner));
    }
    expect(taken.length).toBeGreaterThan(clients.length / 2);

    const isHeavier = ({ early, late }: (typeof weights)[number]): boolean =>
      late.nodes > early.nodes * 1.5 + 500 ||
      late.listeners > early.listeners * 1.5 + 200 ||
      late.heap > early.heap * 1.5 + 3_000_000;
    expect(weights.filter(isHeavier)).toEqual([]);
    const unknown = stage.requests.filter(
      ({ url }) =>
        !/\/(api\/v4|ajax|oauth2|v3|settings|own-settings|connection|clients|claims|hooks)\b/.test(url),
    );
    expect(unknown).toEqual([]);
    // Closing fails on an unanswered request and on any uncaught error or rejection.
    await stage.close();
    const heaviest = Math.max(...weights.map(({ early, late }) => late.heap / early.heap));
    process.stdout.write(
      `Soak: ${DAY.minutes} minutes, ${DAY.sellers + 1} people, ${clients.length} clients, ${stage.requests.length} requests, ${faults} faults; heap at most × ${heaviest.toFixed(2)}\n`,
    );
  },
  isLong ? 60 * 60_000 : 240_000,
);
