/** The product's main story, with three people in three browser profiles. */
import { describe, expect, inject, it } from 'vitest';
import { tellMainStory } from '../support/main-story.ts';
import { NAMES } from '../support/crm-steps.ts';
import { connected } from '../support/setting-up.ts';
import { stages } from '../support/browser-stage.ts';

const browser = stages();
describe.each([
  ['en', false],
  ['ru', true],
] as const)('in %s, with a hostile widget on the page: %s', (language, hostile) => {
  it('an admin sets roles, A claims the client, and the chat disappears for B', async () => {
    const stage = await browser.stage({ language, hostile });
    await tellMainStory(stage, language, `${inject('engine')}-${language}`);
    expect(stage.complaints).toEqual([]);
    await stage.close();
  });
});

describe('two cards side by side in one window', () => {
  it.each([1280, 1366, 1440])(
    'of %i pixels both show the button and the chat, and a claim hides the chat in the other one',
    async width => {
      const stage = await browser.stage();
      connected(stage);
      const client = stage.world.clientWrites();
      const page = await stage.open('office', { viewport: { width, height: 720 } });
      await page.goto(`${stage.officeAddress}side-by-side`);
      const halves = ['seller-a', 'seller-b'].map(title => page.frameLocator(`iframe[title="${title}"]`));
      for (const half of halves) {
        await half.getByRole('link', { name: client.name }).click();
        const claim = half.getByRole('button', { name: NAMES.ru.claim });
        await claim.waitFor();
        // The trial click passes only when the button is whole and uncovered.
        await claim.click({ trial: true });
        const shown = await claim.boundingBox();
        const room = await half.locator('body').boundingBox();
        expect((shown?.x ?? width) + (shown?.width ?? width)).toBeLessThan(
          (room?.x ?? 0) + (room?.width ?? 0),
        );
      }
      const chatsOf = halves.map(half =>
        half
          .frameLocator(`iframe[title="${NAMES.ru.chats}"]`)
          .getByRole('listitem')
          .filter({ hasText: client.name }),
      );
      for (const chat of chatsOf) await chat.waitFor();
      await halves[0]?.getByRole('button', { name: NAMES.ru.claim }).click();
      await chatsOf[1]?.waitFor({ state: 'detached' });
      expect(await chatsOf[0]?.count()).toBe(1);
      await stage.close();
    },
  );
});
