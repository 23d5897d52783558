/**
 * A page translator replaces our text nodes with its own elements, also in open shadow roots, and does not see a text that
 * we change later. So a button keeps the action that its first text named for as long as it exists, and nothing of ours
 * fails because its text is gone.
 */
import type { Locator, Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import ru from '../../locales/ru.json' with { type: 'json' };
import type { CrmContact } from '../world/crm.ts';
import { NOBODY, SELLER_A, SELLER_B } from '../world/people.ts';
import { NAMES, openCard } from '../support/crm-steps.ts';
import { connected } from '../support/setting-up.ts';
import { stages, type Stage } from '../support/browser-stage.ts';

const names = NAMES.ru;
const browser = stages();
let stage: Stage;
let client: CrmContact;
beforeEach(async () => {
  stage = await browser.stage();
  connected(stage);
  client = stage.world.clientWrites();
});
afterEach(() => stage.close());

/** Passed to the browser as text. Keeps the first text of each button in an attribute. */
function translate(): void {
  const { attachShadow } = Element.prototype;
  const put = (node: Text): void => {
    if (node.data.trim() === '' || node.parentElement?.tagName === 'FONT') return;
    const button = node.parentElement?.closest('button');
    if (button && !button.hasAttribute('data-said')) button.setAttribute('data-said', node.data);
    const [outer, inner] = [document.createElement('font'), document.createElement('font')];
    inner.textContent = `‹${node.data}›`;
    outer.append(inner);
    node.replaceWith(outer);
  };
  const translated = (root: Node): void => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (node instanceof Text) texts.push(node);
    texts.forEach(put);
  };
  Element.prototype.attachShadow = function attach(init) {
    const root = attachShadow.call(this, init);
    new MutationObserver(() => translated(root)).observe(root, { childList: true, subtree: true });
    return root;
  };
}

function rule(claims: object): void {
  const { integration } = stage.world.crm;
  const own: object = JSON.parse(integration.fields['custom'] ?? '{}');
  integration.fields = { custom: JSON.stringify({ ...own, claims }) };
}
async function unfolded(): Promise<Page> {
  const page = await stage.open('seller-a');
  await page.addInitScript(translate);
  await openCard(page, client.id);
  await page.getByText(`‹${names.claim}›`).or(page.getByText('Отвечает')).first().waitFor();
  await page.locator('.crm-chat-roles-caption').click({ position: { x: 8, y: 8 } });
  await page.getByText(ru.claim.sees.title).waitFor();
  return page;
}
/** Finds a button by its first text. */
const said = (page: Page, label: string): Locator => page.locator(`[data-said="${label}"]:visible`);
const owners = () => stage.world.crm.ownerChanges.map(({ after }) => after);

describe('on a translated page', () => {
  it('the button to take the client is replaced by another one to undo', async () => {
    const page = await unfolded();
    const claim = await said(page, names.claim).elementHandle();
    await claim?.click();
    await page.getByText(names.told).waitFor();
    expect(await claim?.evaluate(element => element.isConnected)).toBe(false);
    expect(await said(page, names.claim).count()).toBe(0);
    await said(page, ru.claim.chat.open).waitFor();
    expect(owners()).toEqual([SELLER_A]);
    await said(page, ru.claim.undo).click();
    await said(page, names.claim).waitFor();
    expect(owners()).toEqual([SELLER_A, NOBODY]);
    await page.getByText(`‹${ru.card.free}›`).first().waitFor();
    expect(await page.getByText(`‹${ru.card.mine}›`).count()).toBe(0);
  });

  it('a client is handed over, and taken back with a button that says so', async () => {
    rule({ fromColleague: 'freely' });
    client.responsibleUserId = SELLER_A;
    const page = await unfolded();
    await page.getByText(ru.claim.more, { exact: false }).last().click();
    await said(page, ru.claim.give.button).click();
    await page.locator('.crm-chat-roles-body select:visible').selectOption(String(SELLER_B));
    await said(page, ru.claim.give.send).click();
    await page.getByText(ru.claim.give.given).waitFor();
    expect(owners()).toEqual([SELLER_B]);
    stage.world.clock.advance(120_000);
    await said(page, ru.claim.take).click();
    await page.getByText(names.told).waitFor();
    expect(owners()).toEqual([SELLER_B, SELLER_A]);
  });

  it('a colleague is asked for the client, and a request can be cancelled', async () => {
    rule({ fromColleague: 'never' });
    client.responsibleUserId = SELLER_B;
    const page = await unfolded();
    await said(page, ru.claim.ask.button).click();
    await said(page, ru.claim.cancel).click();
    expect(stage.world.crm.tasks.size).toBe(0);
    await said(page, ru.claim.ask.button).click();
    await said(page, ru.claim.ask.send).click();
    await page.getByText(/Вы попросили/).waitFor();
    expect(stage.world.crm.tasks.size).toBe(1);
  });

  it('an unanswered claim is checked with a button that says so', async () => {
    const page = await unfolded();
    stage.world.disturbances.add(/^PATCH/, 'lost-before');
    await said(page, names.claim).click();
    await said(page, ru.claim.lookAgain).waitFor();
    expect(await said(page, names.claim).count()).toBe(0);
    const before = stage.requests.length;
    await said(page, ru.claim.lookAgain).click();
    await expect.poll(() => stage.requests.length).toBeGreaterThan(before);
    stage.world.crm.assignContact(SELLER_A, client.id, SELLER_A);
    await page.getByText(names.told).waitFor();
    expect(owners()).toEqual([SELLER_A]);
  });

  it('clients are taken from a list', async () => {
    for (const [at, name] of ['Белла', 'Вика'].entries())
      stage.world.clientWrites({ name, phone: `+7 916 000-01-0${at}` });
    const page = await stage.open('seller-a');
    await page.addInitScript(translate);
    await page.goto(`${new URL(page.url()).origin}/contacts/list/contacts/`);
    for (const name of ['Белла', 'Вика']) await page.getByRole('checkbox', { name, exact: true }).check();
    await page.getByRole('toolbar').getByRole('button', { name: names.widget }).click();
    const take = await page.locator('dialog .button-primary').elementHandle();
    await page.locator('dialog .button-primary').click();
    await expect.poll(owners).toEqual([SELLER_A, SELLER_A]);
    await expect.poll(() => take?.evaluate(element => element.isConnected)).toBe(false);
    await said(page, ru.list.close).click();
    await page.locator('dialog').waitFor({ state: 'detached' });
  });
});
