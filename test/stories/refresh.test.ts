/** Changes in the CRM reach the chat service when the admin presses "Refresh data from CRM". */
import type { Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SELLER_A, SELLER_B } from '../world/people.ts';
import { NAMES, openSettings } from '../support/crm-steps.ts';
import { connected } from '../support/setting-up.ts';
import { stages, type Stage } from '../support/browser-stage.ts';

const names = NAMES.ru;
const DONE = /^Готово: \d+ сотрудн/;

const browser = stages();
let stage: Stage;
let admin: Page;
beforeEach(async () => {
  stage = await browser.stage();
  connected(stage);
  admin = await stage.open('office');
});
afterEach(() => stage.close());

async function refresh(): Promise<void> {
  await openSettings(admin, names);
  await admin.getByRole('button', { name: names.refresh }).click();
}
const remembered = () =>
  admin.evaluate(() => Object.keys(localStorage).filter(key => key.startsWith('crm-chat-roles')).length);

describe('refreshing data from the CRM', () => {
  it('loads the lists again, updates the chat service, and later shows whether both agree', async () => {
    const { world } = stage;
    const seller = world.crm.users.get(SELLER_A);
    if (seller) world.crm.users.set(9001, { ...seller, id: 9001, name: 'Яна Новая' });
    const { userRoles } = world.chat.settings;
    world.chat.users.set(String(SELLER_A), { id: String(SELLER_A), name: 'Артём Старов' });

    await refresh();
    await admin.getByText('Готово: 6 сотрудников. Роли остались прежними.').waitFor();
    const report = admin.getByRole('list', { name: 'Данные в Wazzup' });
    await report.getByText('Воронки: 1').waitFor();
    await report.getByText('Имена сотрудников с ролью переданы в Wazzup: 2').waitFor();
    expect(world.chat.pipelines).toHaveLength(1);
    expect([...world.chat.users.values()]).toEqual([
      { id: String(SELLER_A), name: 'Артём Алексеев' },
      { id: String(SELLER_B), name: 'Борис Белов' },
    ]);
    expect(world.chat.settings.userRoles).toEqual(userRoles);

    await admin.reload();
    await openSettings(admin, names);
    await admin.getByText(/^(Передавать в Wazzup пока некого|Wazzup и CRM совпадают).*, проверено/).waitFor();
  });

  it('says what the server could not do, and repeats only that', async () => {
    stage.world.disturbances.add(/^POST \/v3\/pipelines/, 'server-error');
    await refresh();
    const problem = admin.getByRole('alert');
    await problem.getByText(/Обновилось не всё/).waitFor();
    expect(await admin.getByText(DONE).count()).toBe(0);
    await problem.getByRole('button', { name: 'Повторить: Данные в Wazzup' }).click();
    await admin.getByText(DONE).waitFor();
    expect(stage.world.chat.pipelines).toHaveLength(1);
  });

  it('deletes its records in this browser when the widget is disabled', async () => {
    await refresh();
    await admin.getByText(DONE).waitFor();
    expect(await remembered()).toBeGreaterThan(0);
    await admin.getByRole('button', { name: 'Отключить', exact: true }).click();
    await expect.poll(remembered).toBe(0);
  });
});
