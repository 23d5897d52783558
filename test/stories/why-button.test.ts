/** The "?" of a row in the roles dialog, in the browser that runs the stories. */
import { expect, it } from 'vitest';
import { SELLER_A } from '../world/people.ts';
import { giveRole, NAMES, openSettings, roleRow } from '../support/crm-steps.ts';
import { connected } from '../support/setting-up.ts';
import { stages } from '../support/browser-stage.ts';

const browser = stages();
const names = NAMES.en;

it('the “?” is fully visible in the hovered row and hidden in the others', async () => {
  const stage = await browser.stage({ language: 'en' });
  connected(stage);
  const admin = await stage.open('office');
  await openSettings(admin, names);
  await admin.getByRole('button', { name: names.select }).click();
  const dialog = admin.getByRole('dialog', { name: names.dialog });
  const seller = stage.world.crm.users.get(SELLER_A)?.name ?? '';
  // A changed row has one more line below the name.
  await giveRole(admin, seller, names.supervisor);
  await dialog.getByRole('searchbox').focus();
  await roleRow(admin, seller).hover();
  const shown = await dialog.getByRole('button', { name: / see a chat, and why\?$/ }).evaluateAll(buttons =>
    buttons.map(button => {
      const { left, top, width, height } = button.getBoundingClientRect();
      const root = button.getRootNode();
      const at = (share: number): Element | null =>
        root instanceof ShadowRoot ? root.elementFromPoint(left + width / 2, top + height * share) : null;
      return {
        row: button.closest('[role="row"]')?.querySelector('.who strong')?.textContent,
        isShown: getComputedStyle(button).opacity === '1',
        isWhole: [0.1, 0.5, 0.9].every(share => at(share) === button),
      };
    }),
  );
  expect(shown.length).toBeGreaterThan(3);
  expect(shown.filter(one => one.isShown)).toEqual([{ row: seller, isShown: true, isWhole: true }]);
  await stage.close();
});
