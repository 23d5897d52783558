import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADMIN, HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../../world/people.ts';
import { ARTYOM, choose, dialog, reopenDialog, roleOf } from '../roles/dialog-steps.ts';
import { giveRoles, held, settingsStage, type SettingsStage } from '../settings-stage.tsx';
import { press } from './panel-steps.ts';

const REFRESH = 'Обновить данные из CRM';
const CONTACT_EVENTS = /api\/v4\/events.*entity(\]|%5D)=contact/;
const DONE = /^Готово: \d+ сотрудн/;

let stage: SettingsStage;
beforeEach(() => {
  localStorage.clear();
  stage = settingsStage();
});
afterEach(() => stage.end());

/** Presses the button and waits for the end; answers with the sentences of the report. */
async function refresh(): Promise<readonly (string | null)[]> {
  await press(REFRESH);
  return report();
}
async function report(): Promise<readonly (string | null)[]> {
  await screen.findByRole('button', { name: REFRESH }, { timeout: 5000 });
  return within(screen.getByRole('list', { name: 'Что изменилось' }))
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent);
}
const own = () => ({
  own: { chatUrl: stage.world.options.gatewayOrigin, standInOwners: [String(NOBODY)] },
});
const asked = (what: RegExp) => stage.requests.filter(request => what.test(request));
function clientOf(person: number) {
  const { crm, chat } = stage.world;
  const contact = crm.addContact('Анна', ['+7 916 000-00-01'], person);
  const id = String(contact.id);
  const contactData = [{ chatType: 'whatsapp', chatId: '79160000001' }];
  chat.contacts.set(id, { id, name: 'Анна', responsibleUserId: String(person), contactData });
  return contact;
}

describe('the report of a refresh', () => {
  it('says what is so when nothing had changed', async () => {
    giveRoles(stage, ...[ADMIN, SELLER_A, SELLER_B, HEAD_OF_SALES].map(person => held(person, 'manager')));
    await stage.open(own());
    expect(await refresh()).toEqual([
      'Сотрудники: без изменений',
      'Воронки: 1',
      'Имена сотрудников с ролью переданы в Wazzup: 4',
      'Ответственные за клиентов: без изменений',
    ]);
  });

  it('names five new people, counts the others, and the next time only who came since', async () => {
    stage.world.reset({ size: 12 });
    await stage.open(own());
    const [first] = await refresh();
    expect(first).toMatch(/^Новые сотрудники без роли: ([^,]+, ){4}[^,]+ и ещё 6$/);
    const seller = stage.world.crm.users.get(SELLER_A);
    if (seller) stage.world.crm.users.set(9001, { ...seller, id: 9001, name: 'Яна Новая' });
    expect((await refresh())[0]).toBe('Новые сотрудники без роли: Яна Новая');
    expect((await refresh())[0]).toBe('Сотрудники: без изменений');
  });

  it('names who left, who was deactivated with a role, who has another name and who moved', async () => {
    giveRoles(stage, held(SELLER_A, 'seller'), held(SELLER_B, 'seller'), held(HEAD_OF_SALES, 'manager'));
    await stage.open(own());
    await refresh();
    const { users } = stage.world.crm;
    users.delete(SELLER_A);
    const [boris, vera] = [users.get(SELLER_B), users.get(HEAD_OF_SALES)];
    if (boris) boris.isActive = false;
    if (vera) Object.assign(vera, { name: 'Вера Орлова', groupId: 493_002 });
    expect((await refresh()).slice(0, 4)).toEqual([
      'Больше нет в CRM: Артём Алексеев',
      'Отключены в CRM, но роль осталась: Борис Белов',
      'Изменилось имя: Вера Волкова → Вера Орлова',
      'Перешли в другую группу: Вера Орлова → Поддержка',
    ]);
    expect(stage.world.chat.settings.userRoles).toHaveLength(3);
  });

  it('sends the pipelines with their stages, and none that has no stages as an empty list', async () => {
    stage.world.crm.pipelines.push({ id: 5, name: 'Без этапов', statuses: [] });
    await stage.open(own());
    expect(await refresh()).toContain('Воронки: 2');
    expect(stage.world.chat.pipelines).toEqual([
      {
        id: '3177727',
        name: 'Воронка',
        stages: [
          { id: '32392156', name: 'Первичный контакт' },
          { id: '142', name: 'Успешно реализовано' },
          { id: '143', name: 'Закрыто и не реализовано' },
        ],
      },
      { id: '5', name: 'Без этапов' },
    ]);
  });

  it('counts clients whose responsible was changed in the CRM, and those who are nobody’s now', async () => {
    const [moved, freed] = [clientOf(SELLER_A), clientOf(SELLER_A)];
    stage.world.crm.assignContact(ADMIN, moved.id, SELLER_B);
    stage.world.crm.assignContact(ADMIN, freed.id, NOBODY);
    await stage.open(own());
    expect((await refresh()).slice(-2)).toEqual([
      'Клиентов с новым ответственным: 1. Теперь их чаты видит новый ответственный',
      expect.stringMatching(/^Клиентов без действующего ответственного: 1/),
    ]);
    expect([...stage.world.chat.contacts.values()]).toMatchObject([
      { id: String(moved.id), responsibleUserId: String(SELLER_B) },
    ]);
  });

  it('looks for changes of responsible since the last refresh, and a day back the first time', async () => {
    await stage.open(own());
    await refresh();
    await refresh();
    const ages = asked(CONTACT_EVENTS).map(request => {
      const from = new URL(request.replace('GET ', '')).searchParams.get('filter[created_at][from]');
      return Math.round((Date.now() / 1000 - Number(from)) / 600);
    });
    expect(ages).toEqual([144, 1]);
  });

  it('says how full the chat service is from 800 people on', async () => {
    giveRoles(stage, held(SELLER_A, 'seller'));
    for (let id = 1; id <= 811; id += 1) stage.world.chat.users.set(`${id}`, { id: `${id}`, name: 'Иван' });
    await stage.open(own());
    expect(await refresh()).toContain('Wazzup знает 812 из 1000 сотрудников, которых он может принять');
  });
});

describe('a refresh that fails in part', () => {
  it.each<[string, RegExp, RegExp, readonly RegExp[]]>([
    ['Воронки', /^POST \/v3\/pipelines/, /В Wazzup или в шлюзе сбой/, [/leads\/pipelines/, /v3\/pipelines/]],
    ['Имена в Wazzup', /^POST \/v3\/users/, /В Wazzup или в шлюзе сбой/, [/POST .*v3\/users/]],
    [
      'Ответственные за клиентов',
      /^GET \/api\/v4\/events/,
      /В CRM сбой/,
      [CONTACT_EVENTS, /entity(\]|%5D)=lead/],
    ],
  ])('does %s again and nothing else', async (step, on, sentence, requests) => {
    giveRoles(stage, held(SELLER_A, 'seller'));
    await stage.open(own());
    stage.world.disturbances.add(on, 'server-error', Infinity);
    await refresh();
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toMatch(/Обновилось не всё/);
    expect(within(alert).getAllByRole('listitem')).toHaveLength(1);
    expect(alert.textContent).toMatch(sentence);
    stage.world.disturbances.clear();
    const before = stage.requests.length;
    await press(`Повторить: ${step}`);
    expect(await screen.findByText('Готово: 5 сотрудников. Роли не меняются.')).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
    const again = stage.requests.slice(before).filter(request => !request.includes('disposable_token'));
    expect(again).toHaveLength(requests.length);
    again.forEach((request, at) => expect(request).toMatch(requests[at] ?? ''));
  });

  it('waits with what needs the employees, sends pipelines all the same, and does both after a retry', async () => {
    giveRoles(stage, held(SELLER_A, 'seller'));
    await stage.open(own());
    stage.world.disturbances.add(/^GET \/api\/v4\/users/, 'forbidden-json');
    expect(await refresh()).toEqual(['Воронки: 1']);
    expect(within(screen.getByRole('alert')).getAllByText(/Сначала нужен список/)).toHaveLength(2);
    expect(stage.world.chat.users.size).toBe(0);
    await press('Повторить: Сотрудники');
    await screen.findByText(DONE);
    expect(stage.world.chat.users.size).toBe(1);
    expect(asked(/v3\/pipelines/)).toHaveLength(1);
    expect(asked(CONTACT_EVENTS)).toHaveLength(1);
  });

  it('takes nobody for dismissed on the word of a list that lacks the admin himself', async () => {
    const contact = clientOf(SELLER_A);
    stage.world.crm.assignContact(ADMIN, contact.id, SELLER_B);
    await stage.open(own());
    const { users } = stage.world.crm;
    const admin = users.get(ADMIN);
    if (admin) users.set(9001, { ...admin, id: 9001 });
    stage.person = 9001;
    [ADMIN, SELLER_B].forEach(person => users.delete(person));
    await press(REFRESH);
    await screen.findByRole('alert');
    expect(stage.world.chat.contacts.size).toBe(1);
  });

  it('says what to do when the chat service takes no more people', async () => {
    giveRoles(stage, held(SELLER_A, 'seller'));
    for (let id = 1; id <= 1000; id += 1) stage.world.chat.users.set(`${id}`, { id: `${id}`, name: 'Иван' });
    await stage.open(own());
    await refresh();
    expect(screen.getByRole('alert').textContent).toMatch(/Wazzup принимает не больше 1000 сотрудников/);
  });
});

describe('a refresh that takes long', () => {
  it('shows the step it is at and can be stopped; what was not done is offered and not called done', async () => {
    giveRoles(stage, held(SELLER_A, 'seller'));
    await stage.open(own());
    stage.world.disturbances.add(/^GET \/api\/v4\/leads\/pipelines/, 'slow');
    await press(REFRESH);
    await userEvent.click(await screen.findByRole('button', { name: 'Остановить' }, { timeout: 2500 }));
    stage.world.clock.advance(3000);
    await screen.findByText(/Обновление остановлено/);
    expect(screen.queryByText(DONE)).toBeNull();
    expect(screen.queryByRole('alert')).toBeNull();
    expect(stage.world.chat.pipelines).toEqual([]);
    expect(stage.world.chat.users.size).toBe(0);
    for (const step of ['Воронки', 'Имена в Wazzup', 'Ответственные за клиентов']) {
      await press(`Повторить: ${step}`);
      await screen.findByRole('button', { name: REFRESH });
    }
    expect(screen.getByText(DONE)).toBeTruthy();
  });

  it('says which step it is at and how far that is', async () => {
    const clients = [clientOf(SELLER_A), clientOf(SELLER_A)] as const;
    clients.forEach(({ id }) => stage.world.crm.assignContact(ADMIN, id, SELLER_B));
    await stage.open(own());
    // The latest change comes first.
    stage.world.disturbances.add(new RegExp(`^GET /v3/contacts/${clients[0].id}`), 'slow');
    await press(REFRESH);
    await waitFor(
      () =>
        expect(screen.getByRole('status').textContent).toBe('Шаг 4 из 4. Ответственные за клиентов: 1 из 2'),
      { timeout: 2500 },
    );
    stage.world.clock.advance(3000);
    await screen.findByText(DONE);
  });

  it('leaves the choices in an open dialog alone', async () => {
    await stage.open(own());
    stage.world.disturbances.add(/^GET \/api\/v4\/users/, 'slow');
    await press(REFRESH);
    await reopenDialog();
    await choose(ARTYOM, 'Менеджер');
    giveRoles(stage, held(SELLER_A, 'auditor'));
    stage.world.clock.advance(3000);
    await screen.findAllByText(DONE);
    expect(dialog().queryByText(ARTYOM)).toBeTruthy();
    expect(roleOf(ARTYOM)).toBe('Менеджер');
  });
});
