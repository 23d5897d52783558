/** Accounts in which something is missing or everything is large: each view says what to do next. */
import { describe, expect, it } from 'vitest';
import { galleryPage } from '../gallery/gallery-page.ts';
import type { StateName } from '../gallery/page/catalogue.ts';

const gallery = galleryPage();

type Next = { readonly says: RegExp; readonly offers?: string; readonly leadsTo?: string };

const FIRST_USES: readonly (readonly [what: string, state: StateName, next: Next])[] = [
  ['a widget that is not installed', 'panel-install-first', { says: /Нажмите «Установить»/ }],
  [
    'no chat service',
    'panel-not-connected',
    { says: /вы увидите, чей это аккаунт/, offers: 'Подключить Wazzup' },
  ],
  ['no channel', 'panel-without-channels', { says: /Подключите канал/, leadsTo: 'Открыть кабинет Wazzup' }],
  [
    'channels that are all down',
    'panel-channels-down',
    { says: /не работает ни один канал/, leadsTo: 'Открыть кабинет Wazzup' },
  ],
  ['an empty account', 'panel-without-roles', { says: /Роли ещё никому не назначены/, offers: 'Выбрать' }],
  ['no role yet', 'roles-first', { says: /Примеры настройки/, offers: 'Примеры настройки' }],
  ['one employee', 'roles-one-employee', { says: /Ольга Крылова/, offers: 'Примеры настройки' }],
  [
    'ten thousand employees',
    'roles-ten-thousand',
    { says: /Айгүл Ахметова/, offers: 'Фильтры и сортировка' },
  ],
  ['no rights', 'panel-read-only', { says: /может только администратор CRM: Ольга Крылова/ }],
  ['a seller without a role', 'card-no-role', { says: /Попросите администратора назначить роль/ }],
  ['no chat service behind a card', 'card-not-connected', { says: /Это может изменить администратор/ }],
];

describe('first use', () => {
  it.each(FIRST_USES)('with %s says what to do next', async (_, state, { says, offers, leadsTo }) => {
    await gallery.draw(state);
    const page = gallery.page();
    const wayOn = page
      .getByRole('button', { name: offers ?? leadsTo ?? '' })
      .or(page.getByRole('link', { name: offers ?? leadsTo ?? '' }))
      .or(page.locator('summary', { hasText: offers ?? leadsTo ?? 'nothing' }));
    await expect.poll(() => page.getByText(says).filter({ visible: true }).count()).toBeGreaterThan(0);
    if (offers ?? leadsTo) await wayOn.first().waitFor({ state: 'attached' });
  });

  it('with ten thousand employees draws only the rows in view', async () => {
    await gallery.draw('roles-ten-thousand');
    const grid = gallery.page().getByRole('grid');
    expect(await grid.getAttribute('aria-rowcount')).toBe('10001');
    expect(await grid.getByRole('row').count()).toBeLessThan(60);
  });
});
