import { signal } from '@preact/signals';
import { cleanup, screen } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Card } from '../../../widget/claim/Card.tsx';
import { createCardModel, type CardModel } from '../../../widget/claim/model.ts';
import { connectClaim, faces } from '../../../widget/connect-claim.ts';
import { stageInNode, type NodeStage } from '../../mocks/node.ts';
import type { CrmContact } from '../../world/crm.ts';
import { HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../../world/people.ts';
import { SALES_CHANNEL } from '../../world/world.ts';
import { crmPage } from '../crm-page.ts';
import { show } from '../show.tsx';

let stage: NodeStage;
let client: CrmContact;
beforeEach(() => {
  stage = stageInNode({ person: SELLER_A });
  const seller = (person: number) => ({
    channelId: SALES_CHANNEL,
    userId: String(person),
    role: 'seller' as const,
    allowGetNewClients: true,
  });
  stage.world.chat.settings = {
    ...stage.world.chat.settings,
    userRoles: [seller(SELLER_A), seller(SELLER_B)],
  };
  client = stage.world.clientWrites();
});
afterEach(() => {
  cleanup();
  const { strays } = stage.world;
  stage.close();
  expect(strays).toEqual([]);
});

type Opening = { readonly contactId?: number; readonly chatUrl?: string };

/** The seller opens the card of the client. */
function openCard({
  contactId = client.id,
  chatUrl = stage.world.options.gatewayOrigin,
}: Opening = {}): CardModel {
  const { world } = stage;
  const page = crmPage(stage, { contactId });
  const model = createCardModel({
    page,
    standInOwners: [String(NOBODY)],
    loadWork: async () =>
      connectClaim({
        origin: world.options.crmOrigin,
        integrationId: world.crm.integration.uuid,
        chatUrl,
        country: 'RU',
      }),
  });
  show(<Card model={model} faces={signal(faces)} />);
  return model;
}
const claimButton = () => screen.queryByRole('button', { name: 'Я отвечаю за клиента' });
async function claim(): Promise<void> {
  await userEvent.click(screen.getByRole('button', { name: 'Я отвечаю за клиента' }));
}

describe('an open card', () => {
  it('asks no API', () => {
    openCard();
    expect(stage.requests).toEqual([]);
  });

  it('offers a client whom nobody has', () => {
    openCard();
    expect(screen.getByText('Ничей клиент')).toBeTruthy();
    expect(claimButton()).toBeTruthy();
  });

  it('names the colleague who has the client, and offers nothing', () => {
    client.responsibleUserId = HEAD_OF_SALES;
    openCard();
    expect(screen.getByText('Отвечает: Вера Волкова')).toBeTruthy();
    expect(claimButton()).toBeNull();
  });

  it('shows a colleague’s name as text, whatever is in it', () => {
    const colleague = stage.world.crm.users.get(HEAD_OF_SALES);
    if (colleague) colleague.name = '<img src=x onerror=alert(1)> & {{name}} $t(card.mine)';
    client.responsibleUserId = HEAD_OF_SALES;
    openCard();
    expect(screen.getByText('Отвечает: <img src=x onerror=alert(1)> & {{name}} $t(card.mine)')).toBeTruthy();
    expect(document.querySelector('img')).toBeNull();
  });

  it('says so when the client is mine', () => {
    client.responsibleUserId = SELLER_A;
    openCard();
    expect(screen.getByText('Вы отвечаете за клиента')).toBeTruthy();
    expect(claimButton()).toBeNull();
  });

  it('offers a client whose responsible was deactivated', () => {
    const colleague = stage.world.crm.users.get(HEAD_OF_SALES);
    if (colleague) colleague.isActive = false;
    client.responsibleUserId = HEAD_OF_SALES;
    openCard();
    expect(screen.getByText('Ответственный отключён в CRM')).toBeTruthy();
    expect(claimButton()).toBeTruthy();
  });

  it('asks to save a new card first', () => {
    openCard({ contactId: 0 });
    expect(screen.getByText(/Сохраните карточку/)).toBeTruthy();
    expect(claimButton()).toBeNull();
  });
});

describe('a press of "I’m responsible"', () => {
  it('makes the client mine and takes the chat from the other sellers', async () => {
    openCard();
    await claim();
    expect(await screen.findByText(/Чат исчез у других продавцов/)).toBeTruthy();
    expect(client.responsibleUserId).toBe(SELLER_A);
    expect(stage.world.chat.threadsOf(String(SELLER_B))).toEqual([]);
  });

  it('shows that it is under way, and a second press does nothing', async () => {
    let letGo = () => undefined as void;
    const held = new Promise<void>(resolve => {
      letGo = resolve;
    });
    const page = crmPage(stage, { contactId: client.id });
    const model = createCardModel({
      page,
      standInOwners: [String(NOBODY)],
      loadWork: async () => {
        await held;
        const { crmOrigin, gatewayOrigin } = stage.world.options;
        const integrationId = stage.world.crm.integration.uuid;
        return connectClaim({ origin: crmOrigin, integrationId, chatUrl: gatewayOrigin, country: 'RU' });
      },
    });
    show(<Card model={model} faces={signal(faces)} />);
    await claim();
    const busy = await screen.findByRole('button', { name: 'Берём клиента…' });
    expect(busy.getAttribute('aria-busy')).toBe('true');
    await userEvent.click(busy);
    letGo();
    await screen.findByText(/Чат исчез у других продавцов/);
    expect(stage.requests.filter(asked => asked.startsWith('PATCH'))).toHaveLength(1);
  });

  it('tells who was faster, and changes nothing', async () => {
    openCard();
    stage.world.crm.assignContact(SELLER_B, client.id, SELLER_B);
    await claim();
    expect((await screen.findByRole('alert')).textContent).toMatch(/клиента взял другой сотрудник/);
    expect(screen.getByText('Отвечает: Борис Белов')).toBeTruthy();
    expect(client.responsibleUserId).toBe(SELLER_B);
    expect(claimButton()).toBeNull();
  });

  it('says that the client was handed to me meanwhile', async () => {
    openCard();
    stage.world.disturbances.add(/^PATCH/, 'no-rights-244');
    stage.world.crm.assignContact(SELLER_B, client.id, SELLER_A);
    await claim();
    expect(await screen.findByText('Вы отвечаете за клиента')).toBeTruthy();
  });

  it.each([
    ['no-rights-244', /CRM не разрешает вам менять ответственного/],
    ['forbidden-html', /CRM не разрешает вам менять ответственного/],
    ['too-many', /ничего не изменилось.*Слишком много запросов/],
    ['unauthorized', /ничего не изменилось.*Сеанс CRM закончился/],
    ['cut', /Неизвестно, записала ли она вас ответственным/],
  ] as const)('explains %s in a sentence and leaves the truth on screen', async (fault, sentence) => {
    openCard();
    stage.world.disturbances.add(/^PATCH/, fault);
    await claim();
    expect((await screen.findByRole('alert')).textContent).toMatch(sentence);
    expect(client.responsibleUserId).toBe(NOBODY);
  });

  it('can be looked into when its end is unknown', async () => {
    openCard();
    stage.world.disturbances.add(/^PATCH/, 'cut');
    await claim();
    stage.world.crm.assignContact(SELLER_A, client.id, SELLER_A);
    await userEvent.click(await screen.findByRole('button', { name: 'Проверить' }));
    expect(await screen.findByText(/Чат исчез у других продавцов/)).toBeTruthy();
  });

  it('offers the client again when a second look finds that nothing has changed', async () => {
    openCard();
    stage.world.disturbances.add(/^PATCH/, 'cut');
    await claim();
    await userEvent.click(await screen.findByRole('button', { name: 'Проверить' }));
    expect(await screen.findByText('Ничей клиент')).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
    await claim();
    expect(await screen.findByText(/Чат исчез у других продавцов/)).toBeTruthy();
  });

  it('says that the chat service does not know yet, and tells it on "Try again"', async () => {
    openCard();
    stage.world.disturbances.add(/^POST \/v3\/contacts/, 'server-error');
    await claim();
    expect((await screen.findByRole('alert')).textContent).toMatch(/Wazzup об этом пока не знает/);
    expect(stage.world.chat.threadsOf(String(SELLER_B))).toHaveLength(1);
    await userEvent.click(screen.getByRole('button', { name: 'Повторить' }));
    await screen.findByText(/Чат исчез у других продавцов/);
    expect(stage.world.chat.threadsOf(String(SELLER_B))).toEqual([]);
  });

  it('names the missing chat role, and the client stays mine in the CRM', async () => {
    stage.world.chat.settings = { ...stage.world.chat.settings, userRoles: [] };
    openCard();
    await claim();
    expect((await screen.findByRole('alert')).textContent).toMatch(/нет роли, которая может отвечать/);
    expect(client.responsibleUserId).toBe(SELLER_A);
  });

  it('works in the CRM alone while no chat service is connected, and says so', async () => {
    openCard({ chatUrl: '' });
    await claim();
    expect(await screen.findByText(/Wazzup ещё не подключён/)).toBeTruthy();
    expect(client.responsibleUserId).toBe(SELLER_A);
  });

  it('says that the page is to be reloaded when the rest of the widget cannot be loaded', async () => {
    const model = createCardModel({
      page: crmPage(stage, { contactId: client.id }),
      standInOwners: [String(NOBODY)],
      loadWork: () => Promise.reject(new Error('Script error')),
    });
    show(<Card model={model} faces={signal(null)} />);
    await claim();
    expect(await screen.findByText(/Не удалось загрузить виджет/)).toBeTruthy();
    expect(claimButton()).toBeTruthy();
  });
});
