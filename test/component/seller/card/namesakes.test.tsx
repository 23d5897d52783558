/** Cards and the list tell people, clients, channels and deals of the same name apart wherever they show them. */
import { screen, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import ru from '../../../../locales/ru.json' with { type: 'json' };
import { HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { SALES_CHANNEL, WHOLESALE_CHANNEL } from '../../../world/world.ts';
import { cardStage, CLAIM, press, seat, type CardStage } from './card-stage.tsx';
import { openList } from '../list/list-stage.tsx';

const BORIS = 'Борис Белов (Отдел продаж)';
const OTHER = 'Борис Белов (Поддержка)';

let stage: CardStage;
beforeEach(() => {
  stage = cardStage();
  // The head of sales has the same name as seller B and works in another group.
  Object.assign(stage.world.crm.users.get(HEAD_OF_SALES) ?? {}, { name: 'Борис Белов', groupId: 493_002 });
  stage.roles(seat(SELLER_A), seat(SELLER_B), seat(HEAD_OF_SALES, 'manager'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await stage.end();
});

const text = (): string => document.body.textContent;
const options = (label: string): readonly (string | null)[] =>
  within(screen.getByLabelText(label))
    .getAllByRole('option')
    .map(one => one.textContent);
const look = async (claims: object = {}): Promise<void> => {
  stage.openCard({ claims }).look();
  await screen.findByText(ru.claim.sees.title);
};
const askedBy = (person: number): unknown =>
  stage.world.crm.writeTask(person, {
    entityType: 'contacts',
    entityId: stage.client.id,
    responsibleUserId: SELLER_A,
    text: `${ru.letter.question}\n[crm-chat-roles:ask]`,
    completeTill: stage.world.clock.now() / 1000 + 3600,
  });
const called = (id: number): string => (id === SELLER_B ? BORIS : OTHER);

describe.each([SELLER_B, HEAD_OF_SALES])('colleague %i, who has the same name as another one,', person => {
  const name = called(person);

  it('is identified as the owner', async () => {
    stage.client.responsibleUserId = person;
    await look();
    expect(screen.getByText(`Отвечает: ${name}`)).toBeTruthy();
  });

  it('is identified when they were faster', async () => {
    stage.openCard();
    stage.world.disturbances.add(/^PATCH/, () => {
      stage.world.crm.assignContact(person, stage.client.id, person);
    });
    await press(CLAIM);
    expect((await screen.findByRole('alert')).textContent).toContain(name);
  });

  it('is identified when they have taken the client in the meantime', async () => {
    const first = stage.openCard();
    stage.world.crm.assignContact(person, stage.client.id, person);
    first.look();
    expect(
      (await screen.findAllByText(new RegExp(ru.claim.news.claimed.split('{{')[0] ?? '')))[0]?.textContent,
    ).toContain(name);
  });

  it('is identified as the person who gets my request', async () => {
    stage.client.responsibleUserId = person;
    await look({ fromColleague: 'never' });
    await press(ru.claim.ask.button);
    expect(screen.getByText(ru.claim.ask.to.replace('{{name}}', name))).toBeTruthy();
    await press(ru.claim.ask.send);
    expect(await screen.findByText(ru.claim.ask.asked.replace('{{name}}', name))).toBeTruthy();
  });

  it('is identified as the person who sends a request', async () => {
    stage.client.responsibleUserId = SELLER_A;
    askedBy(person);
    await look();
    expect(await screen.findByText(ru.claim.ask.toMe.replace('{{name}}', name))).toBeTruthy();
  });

  it('is identified in the list', async () => {
    stage.client.responsibleUserId = person;
    const { end } = openList(stage, { ids: [String(stage.client.id)] });
    expect(await screen.findByText(new RegExp(name.replace(/[()]/g, String.raw`\$&`)))).toBeTruthy();
    end();
  });
});

describe('two colleagues with the same name', () => {
  it('are told apart when a client is handed over', async () => {
    stage.client.responsibleUserId = SELLER_A;
    await look();
    await userEvent.click(screen.getByText(ru.claim.more));
    await press(ru.claim.give.button);
    expect(options(ru.claim.give.to)).toEqual([ru.claim.give.choose, BORIS, OTHER]);
  });

  it('are told apart among those who see the chats', async () => {
    stage.client.responsibleUserId = SELLER_B;
    await look();
    expect(text()).toContain(`${BORIS} · `);
    expect(text()).toContain(`${OTHER} · `);
  });

  it('are told apart by their e-mail addresses in one group', async () => {
    Object.assign(stage.world.crm.users.get(HEAD_OF_SALES) ?? {}, { groupId: 0 });
    stage.client.responsibleUserId = SELLER_A;
    await look();
    await userEvent.click(screen.getByText(ru.claim.more));
    await press(ru.claim.give.button);
    expect(options(ru.claim.give.to)).toContain('Борис Белов (employee-8003@example.com)');
  });

  it('are told apart even when one of them is deactivated', async () => {
    Object.assign(stage.world.crm.users.get(HEAD_OF_SALES) ?? {}, { isActive: false });
    stage.client.responsibleUserId = SELLER_B;
    await look();
    expect(screen.getByText(`Отвечает: ${BORIS}`)).toBeTruthy();
  });
});

describe('two records with the same name', () => {
  it('that are clients of a deal are told apart by their phones', async () => {
    const second = stage.world.clientWrites({ name: stage.client.name, phone: '+7 916 000-00-77' });
    const deal = stage.world.crm.addLead('Общая', [stage.client.id, second.id], NOBODY);
    stage.openCard({ dealId: deal.id }).look();
    const [first] = stage.client.phones;
    await screen.findByLabelText(ru.claim.deal.client);
    expect(options(ru.claim.deal.client)).toEqual([
      `${stage.client.name} (${first})`,
      `${stage.client.name} (+7 916 000-00-77)`,
    ]);
  });

  it('that are picked from the list are told apart by their phones', async () => {
    const clients = ['1', '2'].map(at =>
      stage.world.clientWrites({ name: 'Анна', phone: `+7 916 000-00-8${at}` }),
    );
    const { end } = openList(stage, { ids: clients.map(({ id }) => String(id)) });
    expect(await screen.findByText('Анна (+7 916 000-00-81)')).toBeTruthy();
    expect(screen.getByText('Анна (+7 916 000-00-82)')).toBeTruthy();
    end();
  });

  it('that are channels are told apart by their messengers or ids', async () => {
    const { chat } = stage.world;
    const alike = { name: 'Продажи', transport: 'whatsapp' };
    chat.channels.forEach((one, at) => {
      chat.channels[at] = Object.assign({}, one, alike);
    });
    stage.client.responsibleUserId = SELLER_A;
    stage.roles(seat(SELLER_A, 'seller', SALES_CHANNEL), seat(SELLER_A, 'seller', WHOLESALE_CHANNEL));
    await look();
    await press(ru.claim.chat.open);
    const [, ...channels] = options(ru.claim.chat.channel);
    expect(channels).toHaveLength(2);
    expect(new Set(channels).size).toBe(2);
  });

  it('that are deals are told apart in their checkboxes and in the result', async () => {
    ['Доставка', 'Доставка'].forEach(name => stage.world.crm.addLead(name, [stage.client.id], NOBODY));
    await look({ deals: 'ask' });
    const boxes = screen.getAllByRole('checkbox').map(one => one.getAttribute('aria-label'));
    expect(new Set(boxes).size).toBe(2);
    await press(CLAIM);
    const [said] = await screen.findAllByText(/Доставка.*теперь ваша.*Доставка.*теперь ваша/);
    expect(boxes.filter(one => one && said?.textContent.includes(one))).toHaveLength(2);
  });
});
