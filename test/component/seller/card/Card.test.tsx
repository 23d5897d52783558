import { screen, waitFor } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import ru from '../../../../locales/ru.json' with { type: 'json' };
import { HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { button, cardStage, CLAIM, press, type CardStage } from './card-stage.tsx';

let stage: CardStage;
beforeEach(() => {
  stage = cardStage();
});
afterEach(() => stage.end());

const alertText = async (): Promise<string> => (await screen.findByRole('alert')).textContent ?? '';
const patches = (): readonly string[] => stage.requests.filter(asked => asked.startsWith('PATCH'));

describe('an open card', () => {
  it('sends no request', () => {
    stage.openCard();
    expect(stage.requests).toEqual([]);
  });

  it('offers a client without an owner', () => {
    stage.openCard();
    expect(screen.getByText('Ничей клиент')).toBeTruthy();
    expect(button(CLAIM)).toBeTruthy();
  });

  it('names the colleague who is responsible, and offers only details', () => {
    stage.client.responsibleUserId = HEAD_OF_SALES;
    stage.openCard();
    expect(screen.getByText('Отвечает: Вера Волкова')).toBeTruthy();
    expect(screen.getAllByRole('button').map(one => one.textContent)).toEqual(['Подробнее']);
  });

  it('shows a colleague’s name as text, even when it contains markup', () => {
    const colleague = stage.world.crm.users.get(HEAD_OF_SALES);
    if (colleague) colleague.name = '<img src=x onerror=alert(1)> & {{name}} $t(card.mine)';
    stage.client.responsibleUserId = HEAD_OF_SALES;
    stage.openCard();
    expect(screen.getByText('Отвечает: <img src=x onerror=alert(1)> & {{name}} $t(card.mine)')).toBeTruthy();
    expect(document.querySelector('img')).toBeNull();
  });

  it('says that I am responsible for my client', () => {
    stage.client.responsibleUserId = SELLER_A;
    stage.openCard();
    expect(screen.getByText('Вы отвечаете за клиента')).toBeTruthy();
    expect(button(CLAIM)).toBeNull();
  });

  it('offers a client whose owner was deactivated', () => {
    const colleague = stage.world.crm.users.get(HEAD_OF_SALES);
    if (colleague) colleague.isActive = false;
    stage.client.responsibleUserId = HEAD_OF_SALES;
    stage.openCard();
    expect(screen.getByText('Ответственный отключён в CRM')).toBeTruthy();
    expect(button(CLAIM)).toBeTruthy();
  });

  it('asks to save a new card first', () => {
    stage.openCard({ contactId: 0 });
    expect(screen.getByText(/Сначала сохраните карточку/)).toBeTruthy();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('reads from the servers once when the person looks at it', async () => {
    const first = stage.openCard();
    first.look();
    await screen.findByText('Открытых сделок нет.');
    await screen.findByText('Кто видит чаты этого клиента');
    const asked = stage.requests.length;
    first.look();
    expect(stage.requests).toHaveLength(asked);
    expect(patches()).toEqual([]);
  });
});

describe('a press of "I’m responsible"', () => {
  it('makes the client mine and takes the chat from the other sellers', async () => {
    stage.openCard();
    await press(CLAIM);
    expect(await screen.findByText(/Чат исчез у других продавцов/)).toBeTruthy();
    expect(stage.client.responsibleUserId).toBe(SELLER_A);
    expect(stage.world.chat.threadsOf(String(SELLER_B))).toEqual([]);
    expect(screen.getByText('Вы отвечаете за клиента')).toBeTruthy();
  });

  it('shows that it is in progress, and a second press does nothing', async () => {
    let letGo = () => undefined as void;
    const held = new Promise<void>(resolve => {
      letGo = resolve;
    });
    stage.openCard({ load: () => held });
    await press(CLAIM);
    expect(await screen.findByText('Берём клиента…')).toBeTruthy();
    const busy = screen.getByRole('button', { name: CLAIM });
    expect(busy.getAttribute('aria-busy')).toBe('true');
    await userEvent.click(busy);
    expect(screen.queryByText('Вы отвечаете за клиента')).toBeNull();
    letGo();
    await screen.findByText(/Чат исчез у других продавцов/);
    expect(patches()).toHaveLength(1);
  });

  it('names the colleague who was faster, and changes nothing', async () => {
    stage.openCard();
    stage.world.crm.assignContact(SELLER_B, stage.client.id, SELLER_B);
    await press(CLAIM);
    expect(await alertText()).toMatch(/^За клиента уже отвечает другой сотрудник: Борис Белов/);
    expect(screen.getByText('Отвечает: Борис Белов')).toBeTruthy();
    expect(stage.client.responsibleUserId).toBe(SELLER_B);
    expect(button(CLAIM)).toBeNull();
  });

  it('shows that the client has become mine in the meantime', async () => {
    stage.openCard();
    stage.world.crm.assignContact(SELLER_B, stage.client.id, SELLER_A);
    await press(CLAIM);
    expect(await screen.findByText('Вы отвечаете за клиента')).toBeTruthy();
    expect(patches()).toEqual([]);
  });

  it('says when the client has another free owner by now, and takes the client at the next press', async () => {
    stage.client.responsibleUserId = HEAD_OF_SALES;
    const colleague = stage.world.crm.users.get(HEAD_OF_SALES);
    if (colleague) colleague.isActive = false;
    stage.openCard();
    stage.client.responsibleUserId = NOBODY;
    await press(CLAIM);
    expect(await alertText()).toMatch(/клиент по-прежнему ничей/);
    await press(CLAIM);
    await screen.findByText(/Чат исчез у других продавцов/);
  });

  it.each([
    ['no-rights-244', /CRM не разрешает вам менять ответственного/],
    ['forbidden-html', /CRM не разрешает вам менять ответственного/],
    ['unauthorized', /ничего не изменилось.*Сеанс CRM закончился/],
    ['cut', /Неизвестно, записала ли она вас ответственным/],
  ] as const)('explains %s in a sentence and does not show the client as mine', async (fault, sentence) => {
    stage.openCard();
    stage.world.disturbances.add(/^PATCH/, fault);
    await press(CLAIM);
    expect(await alertText()).toMatch(sentence);
    expect(stage.client.responsibleUserId).toBe(NOBODY);
    expect(screen.queryByText('Вы отвечаете за клиента')).toBeNull();
  });

  it('says that the contact was deleted', async () => {
    stage.openCard();
    stage.client.isDeleted = true;
    await press(CLAIM);
    expect(await alertText()).toMatch(/Контакт удалён или скрыт от вас/);
    expect(button(CLAIM)).toBeNull();
  });

  it('can be checked when its outcome is unknown', async () => {
    stage.openCard();
    stage.world.disturbances.add(/^PATCH/, 'cut');
    await press(CLAIM);
    await screen.findByRole('button', { name: 'Проверить' });
    stage.world.crm.assignContact(SELLER_A, stage.client.id, SELLER_A);
    await press('Проверить');
    expect(await screen.findByText(/Чат исчез у других продавцов/)).toBeTruthy();
  });

  it('sends nothing while offline, and says so', async () => {
    stage.openCard();
    const online = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(navigator), 'onLine');
    Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false });
    try {
      await press(CLAIM);
      expect(await alertText()).toMatch(/Нет интернета\. Ничего не отправлено/);
      // The proof is requested when the pointer reaches the button.
      expect(stage.requests.filter(one => !one.endsWith('/disposable_token'))).toEqual([]);
      expect(button(CLAIM)).toBeTruthy();
    } finally {
      Reflect.deleteProperty(navigator, 'onLine');
      if (online) Object.defineProperty(Object.getPrototypeOf(navigator), 'onLine', online);
    }
  });

  it('says that the chat service has not been updated yet, and finishes after "Check"', async () => {
    stage.openCard();
    stage.world.disturbances.add(/^POST \/v3\/contacts/, 'server-error');
    await press(CLAIM);
    expect(await alertText()).toMatch(/Wazzup об этом пока не знает/);
    expect(stage.world.chat.threadsOf(String(SELLER_B))).toHaveLength(1);
    await press('Проверить');
    await screen.findByText(/Чат исчез у других продавцов/);
    expect(stage.world.chat.threadsOf(String(SELLER_B))).toEqual([]);
  });

  it('says that a chat role is missing, and the client becomes mine in the CRM', async () => {
    stage.roles();
    stage.openCard();
    await press(CLAIM);
    expect(await alertText()).toMatch(/нет роли, с которой можно отвечать/);
    expect(stage.client.responsibleUserId).toBe(SELLER_A);
  });

  it('works in the CRM alone while no chat service is connected, and says so', async () => {
    stage.openCard({ chatUrl: '' });
    await press(CLAIM);
    expect(await screen.findByText(/Wazzup для этого не подключён/)).toBeTruthy();
    expect(stage.client.responsibleUserId).toBe(SELLER_A);
  });

  it('is completed for its own client when the person has opened another card', async () => {
    const other = stage.world.clientWrites();
    const first = stage.openCard();
    await press(CLAIM);
    first.remove();
    stage.openCard({ contactId: other.id });
    await waitFor(() => expect(stage.client.responsibleUserId).toBe(SELLER_A));
    await waitFor(() => expect(stage.world.chat.threadsOf(String(SELLER_B))).toHaveLength(1));
    expect(other.responsibleUserId).toBe(NOBODY);
  });

  it('that has not reached the server is shown again when the card is opened again', async () => {
    const first = stage.openCard();
    stage.world.disturbances.add(/^PATCH/, 'cut');
    stage.world.disturbances.add(/^POST \/claims/, 'cut', Infinity);
    await press(CLAIM);
    await screen.findByRole('button', { name: 'Проверить' });
    first.remove();
    document.body.replaceChildren();
    await stage.openCard().prepare();
    expect(await screen.findByText(ru.claim.checking, { selector: 'p' })).toBeTruthy();
    expect(button(CLAIM)?.getAttribute('aria-busy')).toBe('true');
    expect(patches()).toHaveLength(1);
    stage.world.disturbances.clear();
  });

  it('asks to reload the page when the rest of the widget cannot be loaded', async () => {
    stage.openCard({ load: () => Promise.reject(new Error('Script error')) });
    await press(CLAIM);
    expect(await screen.findByText(/Не удалось загрузить виджет/)).toBeTruthy();
    expect(button(CLAIM)).toBeTruthy();
  });
});
