import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lettersFrom } from '../../../widget/claim/follow-up/letters.ts';
import { createListModel } from '../../../widget/claim/list/list-model.ts';
import { ListDialog } from '../../../widget/claim/list/ListDialog.tsx';
import { openDesk } from '../../../widget/connect-claim.ts';
import { readOwnRules } from '../../../widget/domain/own-rules.ts';
import { readOwnSettings } from '../../../widget/domain/own-settings.ts';
import { createDictionary } from '../../../widget/words.tsx';
import ru from '../../../locales/ru.json' with { type: 'json' };
import type { CrmContact } from '../../world/crm.ts';
import { HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../../world/people.ts';
import { crmPage } from '../crm-page.ts';
import { show } from '../show.tsx';
import { button, cardStage, press, seat, type CardStage } from './card-stage.tsx';

let stage: CardStage;
let clients: readonly CrmContact[];
let closings: (() => void)[];
beforeEach(() => {
  stage = cardStage();
  closings = [];
  clients = ['Анна', 'Борис', 'Вера'].map((name, at) =>
    stage.world.clientWrites({ name, phone: `+7 916 000-00-1${at}` }),
  );
});
afterEach(async () => {
  closings.forEach(close => close());
  await stage.end();
});

/** The dialog as whoever is logged in opens it over these contacts. */
function openList({
  ids = clients.map(({ id }) => String(id)),
  claims = {},
  left = 0,
}: { ids?: readonly string[]; claims?: object; left?: number } = {}): void {
  const { crmOrigin, gatewayOrigin } = stage.world.options;
  const text = JSON.stringify({ v: 1, chatUrl: gatewayOrigin, standInOwners: [String(NOBODY)], claims });
  const own = readOwnSettings(text);
  const page = crmPage(stage, { own: JSON.parse(text) });
  const { words } = createDictionary('ru', ru);
  const integrationId = stage.world.crm.integration.uuid;
  const { desk, close } = openDesk({
    page,
    origin: crmOrigin,
    integrationId,
    own,
    defaultChatUrl: '',
    words,
  });
  closings.push(close);
  const model = createListModel({
    picked: ids,
    page,
    rules: readOwnRules(text),
    standInOwners: own.standInOwners,
    desk,
    letters: lettersFrom(words, page.me),
  });
  show(<ListDialog model={model} left={left} onClose={() => undefined} />);
  void model.read();
}
const row = (name: string): string =>
  screen.getAllByRole('listitem').find(one => within(one).queryByText(name))?.textContent ?? '';
const owners = () => clients.map(one => one.responsibleUserId);
const asked = () =>
  stage.requests
    .filter(one => one.includes('/api/v4/'))
    .map(one => one.replace(/ \S*\/api\/v4/, ' ').replace(/\?.*/, ''));

describe('clients picked from the list', () => {
  it('are taken together, in few requests, and the chats leave the other sellers', async () => {
    openList();
    await press('Взять 3 клиентов');
    expect(await screen.findByText('Ваши: 3 из 3')).toBeTruthy();
    expect(owners()).toEqual([SELLER_A, SELLER_A, SELLER_A]);
    expect(asked().slice(0, 5)).toEqual([
      'GET /contacts',
      'GET /contacts',
      'PATCH /contacts',
      'GET /events',
      'GET /contacts',
    ]);
    await waitFor(() => expect(stage.world.chat.threadsOf(String(SELLER_B))).toHaveLength(1));
    await waitFor(() => expect(stage.world.crm.notes).toHaveLength(3));
  });

  it('are shown with their owners, and nothing is asked for but them before the press', async () => {
    openList();
    await screen.findByText('Анна');
    expect(row('Анна')).toMatch(/Ничей клиент/);
    expect(asked()).toEqual(['GET /contacts']);
    expect(owners()).toEqual([NOBODY, NOBODY, NOBODY]);
  });

  it('each have a result of their own', async () => {
    const [anna, boris, vera] = clients;
    if (!anna || !boris || !vera) throw new Error('Three clients wrote');
    openList();
    await screen.findByText('Анна');
    stage.world.crm.assignContact(SELLER_B, boris.id, SELLER_B);
    stage.world.crm.deleteContact(SELLER_A, vera.id);
    await press('Взять 3 клиентов');
    await screen.findByText('Ваши: 1 из 3');
    expect(row('Анна')).toMatch(/Ваш$/);
    expect(row('Борис')).toMatch(/Уже у Борис Белов/);
    expect(row('Вера')).toMatch(/Удалён или скрыт от вас/);
    expect(owners()).toEqual([SELLER_A, SELLER_B, NOBODY]);
  });

  it('go back to a colleague who was faster by a moment', async () => {
    const [, boris] = clients;
    openList();
    await screen.findByText('Анна');
    stage.world.disturbances.add(/^PATCH/, () => {
      if (boris) stage.world.crm.assignContact(SELLER_B, boris.id, SELLER_B);
    });
    await press('Взять 3 клиентов');
    await screen.findByText('Ваши: 2 из 3');
    expect(await screen.findByText('Уже у Борис Белов')).toBeTruthy();
    expect(owners()).toEqual([SELLER_A, SELLER_B, SELLER_A]);
  });

  it('that I may not change do not keep the others from me', async () => {
    const [anna, boris, vera] = clients;
    const me = stage.world.crm.users.get(SELLER_A);
    const left = stage.world.crm.users.get(HEAD_OF_SALES);
    if (!anna || !boris || !vera || !me || !left) throw new Error('Everybody is there');
    // I may change my own group's contacts only, and Anna's responsible was of another one.
    me.contacts.edit = 'G';
    Object.assign(left, { isActive: false, groupId: me.groupId + 1 });
    anna.responsibleUserId = HEAD_OF_SALES;
    Object.assign(stage.world.crm.users.get(NOBODY) ?? {}, { groupId: me.groupId });
    stage.world.oddities.refusedBatch = 'nothing-changed';
    openList();
    await press('Взять 3 клиентов');
    await screen.findByText('Ваши: 2 из 3');
    expect(row('Анна')).toMatch(/CRM не разрешает$/);
    expect(owners()).toEqual([HEAD_OF_SALES, SELLER_A, SELLER_A]);
  });

  it('that are not known yet can be asked about', async () => {
    openList();
    await screen.findByText('Анна');
    stage.world.disturbances.add(/^PATCH/, 'cut');
    await press('Взять 3 клиентов');
    await waitFor(() => expect(row('Анна')).toMatch(/Неизвестно, проверяем/));
    clients.forEach(({ id }) => stage.world.crm.assignContact(SELLER_A, id, SELLER_A));
    await press('Проверить');
    await screen.findByText('Ваши: 3 из 3');
    expect(stage.requests.filter(one => one.startsWith('PATCH'))).toHaveLength(1);
  });

  it('bring their deals where the admin says that they always do', async () => {
    const deals = clients.map(({ id }) => stage.world.crm.addLead('Доставка', [id], NOBODY));
    openList({ claims: { deals: 'always' } });
    await press('Взять 3 клиентов');
    await waitFor(() =>
      expect(deals.map(one => one.responsibleUserId)).toEqual([SELLER_A, SELLER_A, SELLER_A]),
    );
  });

  it('keep the button by its name while they are taken, and leave the focus on the way out', async () => {
    openList();
    await screen.findByText('Анна');
    let letGo = () => undefined as void;
    const held = new Promise<void>(resolve => {
      letGo = resolve;
    });
    stage.world.disturbances.add(/^PATCH/, () => held);
    await press('Взять 3 клиентов');
    expect(await screen.findByText('Берём… Ваши: 0 из 3')).toBeTruthy();
    const busy = screen.getByRole('button', { name: 'Взять 3 клиентов' });
    expect(busy.getAttribute('aria-busy')).toBe('true');
    letGo();
    await screen.findByText('Ваши: 3 из 3');
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Закрыть' }));
  });

  it('that could not be taken say why once for all', async () => {
    openList();
    await screen.findByText('Анна');
    stage.world.disturbances.add(/^PATCH/, 'unauthorized', Infinity);
    await press('Взять 3 клиентов');
    expect((await screen.findByRole('alert')).textContent).toBe(
      'Не получилось, ничего не изменилось. Сеанс CRM закончился. Обновите страницу и войдите в CRM снова.',
    );
    expect(row('Анна')).toMatch(/Не получилось$/);
    expect(await screen.findByRole('button', { name: 'Взять 3 клиентов' })).toBeTruthy();
  });

  it('that somebody has made nobody’s meanwhile can be taken at once', async () => {
    const [anna] = clients;
    if (!anna) throw new Error('Anna wrote');
    anna.responsibleUserId = SELLER_B;
    openList({ claims: { fromColleague: 'freely' } });
    await screen.findByText('Анна');
    stage.world.crm.assignContact(SELLER_B, anna.id, NOBODY);
    await press('Взять 3 клиентов');
    await screen.findByText('Ваши: 2 из 3');
    expect(row('Анна')).toMatch(/Ответственный изменился, клиент ничей$/);
    await press('Взять 1 клиента');
    await screen.findByText('Ваши: 3 из 3');
    expect(owners()).toEqual([SELLER_A, SELLER_A, SELLER_A]);
  });

  it('beyond fifty are left for the next time, and it says so', async () => {
    openList({ left: 7 });
    expect(
      await screen.findByText('За раз можно взять 50 клиентов. Ещё 7 выберите после этого.'),
    ).toBeTruthy();
  });

  it('are not touched when they cannot be read, and can be asked for again', async () => {
    stage.world.disturbances.add(/^GET \/api\/v4\/contacts/, 'forbidden-html');
    openList();
    expect((await screen.findByRole('alert')).textContent).toMatch(/CRM не разрешает это/);
    expect(button(/^Взять/)).toBeNull();
    await press('Повторить');
    expect(await screen.findByRole('button', { name: 'Взять 3 клиентов' })).toBeTruthy();
  });

  it('cannot be taken without a chat role that may answer', async () => {
    stage.roles(seat(SELLER_A, 'auditor'), seat(SELLER_B));
    openList();
    expect(await screen.findByText(/взять клиента нельзя/)).toBeTruthy();
    expect(button(/^Взять/)).toBeNull();
  });
});

describe('a colleague’s client in the list', () => {
  beforeEach(() => {
    const [anna] = clients;
    if (anna) anna.responsibleUserId = SELLER_B;
  });

  it('is left to him, and named, where nobody may take clients from colleagues', async () => {
    openList({ claims: { fromColleague: 'never' } });
    await press('Взять 2 клиентов');
    await screen.findByText('Ваши: 2 из 3');
    expect(row('Анна')).toMatch(/Клиент коллеги \(Борис Белов\), не возьмём/);
    expect(owners()).toEqual([SELLER_B, SELLER_A, SELLER_A]);
  });

  it('is taken with one reason for all, which goes into the note', async () => {
    openList({ claims: { fromColleague: 'with-reason' } });
    expect(await screen.findByRole('button', { name: 'Взять 2 клиентов' })).toBeTruthy();
    await userEvent.type(screen.getByLabelText(/Почему вы забираете/), 'Борис в отпуске');
    await press('Взять 3 клиентов');
    await screen.findByText('Ваши: 3 из 3');
    await waitFor(() =>
      expect(stage.world.crm.notes.map(({ text }) => text)).toContainEqual(
        expect.stringMatching(/Борис Белов.*\n.*Борис в отпуске/),
      ),
    );
  });

  it('is taken like any other where that is free', async () => {
    openList({ claims: { fromColleague: 'freely' } });
    await press('Взять 3 клиентов');
    await screen.findByText('Ваши: 3 из 3');
    expect(owners()).toEqual([SELLER_A, SELLER_A, SELLER_A]);
  });
});
