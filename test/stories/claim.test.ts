/** What a seller sees when a claim meets an obstacle, over real HTTP in a real browser. */
import type { Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CrmContact } from '../world/crm.ts';
import { NOBODY, SELLER_A, SELLER_B } from '../world/people.ts';
import { NAMES, openCard } from '../support/crm-steps.ts';
import { connected } from '../support/setting-up.ts';
import { stages, type Stage } from '../support/browser-stage.ts';

const names = NAMES.ru;
const CLAIM = /^PATCH \/api\/v4\/contacts/;

const browser = stages();
let stage: Stage;
let client: CrmContact;
let a: Page;
beforeEach(async () => {
  stage = await browser.stage();
  connected(stage);
  client = stage.world.clientWrites();
  a = await stage.open('seller-a');
  await openCard(a, client.id);
});
afterEach(() => stage.close());

const claim = () => a.getByRole('button', { name: names.claim }).click();
const chatIsHidden = () => a.getByText(names.told).waitFor();
const alert = () => a.getByRole('alert');
const chatsOf = (person: number) => stage.world.chat.threadsOf(String(person)).length;
const claimsSent = () => stage.requests.filter(({ to, method }) => to === 'crm' && method === 'PATCH').length;

/** The requests of the seller's page to the CRM, without the CRM's own request for its list of widgets. */
const askedOfCrm = () =>
  stage.requests
    .filter(({ to, person }) => to === 'crm' && person === SELLER_A)
    .map(({ method, url }) => `${method} ${new URL(url).pathname}`)
    .filter(asked => asked !== 'POST /ajax/widgets/list');

describe('a claim', () => {
  it('sends no API request before the press, and two until the client is mine', async () => {
    await a.getByRole('button', { name: names.claim }).waitFor();
    expect(askedOfCrm()).toEqual([]);
    await claim();
    await chatIsHidden();
    // The proof is requested when the pointer reaches the button.
    expect(askedOfCrm().filter(asked => !asked.endsWith('/disposable_token'))).toEqual([
      `GET /api/v4/contacts/${client.id}`,
      `PATCH /api/v4/contacts/${client.id}`,
    ]);
  });

  it('is shown as mine when the answer was lost but the CRM recorded it', async () => {
    stage.world.disturbances.add(CLAIM, 'lost-after');
    await claim();
    await chatIsHidden();
    expect(claimsSent()).toBe(1);
    expect(chatsOf(SELLER_B)).toBe(0);
  });

  it('is shown as unknown when the answer was lost and the CRM has no record, and as mine once it has one', async () => {
    stage.world.disturbances.add(CLAIM, 'lost-before');
    await claim();
    await alert()
      .getByText(/Неизвестно, записала ли она вас/)
      .waitFor();
    expect(client.responsibleUserId).toBe(NOBODY);
    expect(claimsSent()).toBe(1);
    stage.world.crm.assignContact(SELLER_A, client.id, SELLER_A);
    await chatIsHidden();
    expect(claimsSent()).toBe(1);
  });

  it('is refused with a sentence when the CRM answers 244', async () => {
    stage.world.disturbances.add(CLAIM, 'no-rights-244');
    await claim();
    await alert()
      .getByText(/CRM не разрешает вам менять ответственного/)
      .waitFor();
    expect(client.responsibleUserId).toBe(NOBODY);
  });

  it('returns the client to the colleague who was faster by a moment, and says so', async () => {
    stage.world.disturbances.add(
      CLAIM,
      () => void stage.world.crm.assignContact(SELLER_B, client.id, SELLER_B),
    );
    await claim();
    await a.getByText('Отвечает: Борис Белов').waitFor();
    await alert()
      .getByText(/Клиент вернулся к сотруднику, который взял раньше вас: Борис Белов/)
      .waitFor();
    expect(client.responsibleUserId).toBe(SELLER_B);
  });

  it('stays mine when the server does not accept the token, and the card says that the chats follow', async () => {
    stage.world.oddities.tokenLifetimeSeconds = -3600;
    await claim();
    await a.getByText(/Чаты обновятся, когда он ответит/).waitFor();
    expect(client.responsibleUserId).toBe(SELLER_A);
    expect(chatsOf(SELLER_B)).toBe(1);
    stage.world.oddities.tokenLifetimeSeconds = 1800;
    await a.getByRole('button', { name: 'Повторить' }).first().click();
    await chatIsHidden();
    expect(chatsOf(SELLER_B)).toBe(0);
  });

  it.each([
    ['too-many', /ничего не изменилось.*Слишком много запросов к CRM/],
    ['broken-json', /ничего не изменилось.*Ответ CRM не удалось прочитать/],
    ['forbidden-html', /ничего не изменилось.*Для этого не хватает ваших прав/],
  ] as const)(
    'says that nothing has changed when the CRM answers the first read with %s',
    async (fault, sentence) => {
      stage.world.disturbances.add(/^GET \/api\/v4\/contacts/, fault, 3);
      await claim();
      await alert().getByText(sentence).waitFor();
      expect(claimsSent()).toBe(0);
      expect(await a.getByRole('button', { name: names.claim }).isEnabled()).toBe(true);
    },
  );

  it('is completed when the seller opens another card while it is written', async () => {
    const other = stage.world.clientWrites();
    await openCard(a, client.id);
    stage.world.disturbances.add(CLAIM, 'slow');
    await claim();
    await expect.poll(claimsSent).toBe(1);
    await a.getByRole('link', { name: /Следующий контакт|Предыдущий контакт/, disabled: false }).click();
    await a.getByRole('heading', { name: other.name }).waitFor();
    await expect.poll(() => client.responsibleUserId, { timeout: 15_000 }).toBe(SELLER_A);
    await expect
      .poll(() => stage.world.chat.contacts.get(String(client.id))?.responsibleUserId, { timeout: 15_000 })
      .toBe(String(SELLER_A));
    expect(await a.getByText(names.mine).count()).toBe(0);
  });

  it.each([
    ['the client is read', new RegExp('^GET /api/v4/contacts'), 'slow'],
    ['the server is notified', /^POST \/claims\/told/, 'slow'],
    ['the chat service is notified', /^POST \/v3\/contacts/, 'slow'],
  ] as const)(
    'is completed for its own client when the seller opens another card while %s',
    async (_, step, fault) => {
      const other = stage.world.clientWrites({ name: 'Пётр', phone: '+7 916 000-00-99' });
      await openCard(a, client.id);
      stage.world.disturbances.add(step, fault);
      await claim();
      await expect.poll(() => stage.world.disturbances.waiting()).toEqual([]);
      await a.getByRole('link', { name: /Следующий контакт|Предыдущий контакт/, disabled: false }).click();
      await a.getByRole('heading', { name: other.name }).waitFor();
      await expect
        .poll(() => stage.world.chat.contacts.get(String(client.id))?.responsibleUserId)
        .toBe(String(SELLER_A));
      expect([client.responsibleUserId, other.responsibleUserId]).toEqual([SELLER_A, NOBODY]);
      expect(stage.world.chat.contacts.has(String(other.id))).toBe(false);
      await a.getByText('Ничей клиент').first().waitFor();
      expect(await a.getByText(names.mine).count()).toBe(0);
      expect(await a.getByText(names.told).count()).toBe(0);
    },
  );

  it('can be pressed again after the rest of the widget could not be loaded', async () => {
    await a.route('**/seller-*', route => route.abort());
    await claim();
    await a
      .getByText(/Не удалось загрузить виджет/)
      .first()
      .waitFor();
    expect(claimsSent()).toBe(0);
    await a.unroute('**/seller-*');
    await claim();
    await chatIsHidden();
  });

  it('is not offered before a new card is saved', async () => {
    await a.goto(`${new URL(a.url()).origin}/contacts/add`);
    await a
      .getByText(/Сначала сохраните карточку/)
      .first()
      .waitFor();
    expect(await a.getByRole('button', { name: names.claim }).count()).toBe(0);
  });
});
