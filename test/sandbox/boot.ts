/**
 * The constants that the CRM embeds into its page for one employee. Oddities that widgets must cope with are kept:
 * employee ids are strings here and numbers in the API, names are HTML-escaped, and the list includes deactivated and
 * free employees.
 */
import type { CrmUser } from '../world/crm.ts';
import { TASK_TYPES } from '../world/task-types.ts';
import { uuidOf } from '../world/uuid.ts';
import type { World } from '../world/world.ts';
import { escapeHtml } from './escape.ts';
import type { Boot, Brand } from './wire/boot.ts';

/** Areas for which the page caches the list of widgets, each with a version. */
const AREAS = ['contacts', 'contacts_card', 'leads', 'leads_card', 'widgetsSettings'];

export type PageKind = {
  readonly brand?: Brand;
  readonly base?: string;
  readonly safeMode?: boolean;
  readonly cacheVersion?: number;
};

export function bootFor(
  world: World,
  me: CrmUser,
  theme: Boot['theme'],
  frontVersion: string,
  { brand = 'amocrm', base = '', safeMode = false, cacheVersion = 1 }: PageKind = {},
): Boot {
  const { language } = world.options;
  const users = [...world.crm.users.values()];
  return {
    language,
    brand,
    base,
    theme,
    frontVersion,
    me: { id: me.id, name: me.name, isAdmin: me.isAdmin, isFree: me.isFree },
    employees: users.map(({ id, name, isActive }) => ({ id, name, isActive })),
    constants: {
      user: userConstant(me, users, theme),
      user_rights: { is_admin: me.isAdmin, is_free_user: me.isFree },
      account: accountConstant(world, users, brand),
      widgets_cache_version: Object.fromEntries(AREAS.map(area => [area, String(cacheVersion)])),
      safe_mode: safeMode,
      widgets_off: safeMode,
      managers: Object.fromEntries(users.map(user => [String(user.id), manager(user, theme)])),
      groups: {
        ...Object.fromEntries([...world.crm.groups].map(([id, name]) => [`group_${id}`, escapeHtml(name)])),
        group_free_users: language === 'ru' ? 'Бесплатные пользователи' : 'Free users',
      },
      task_types: Object.fromEntries(
        TASK_TYPES[language].map(({ id, name, code }) => [String(id), { id, option: name, code }]),
      ),
    },
  };
}

function userConstant(me: CrmUser, users: readonly CrmUser[], theme: Boot['theme']): Record<string, unknown> {
  return {
    id: me.id,
    login: me.email,
    name: me.name,
    amojo_id: uuidOf('chat-user', me.id),
    uuid: uuidOf('user', me.id),
    api_key: '',
    group_mates_ids: users.filter(user => user.groupId === me.groupId).map(user => user.id),
    personal_mobile: me.phone ?? '',
    photo: '',
    theme,
    user_rank: 'newbie',
    sso_auth: false,
    tour: false,
    settings: {},
  };
}

function accountConstant(
  { crm, options }: World,
  users: readonly CrmUser[],
  brand: Brand,
): Record<string, unknown> {
  return {
    id: crm.account.id,
    name: crm.account.name,
    subdomain: crm.account.subdomain,
    language: options.language,
    timezone: 'Europe/Moscow',
    country: options.language === 'ru' ? 'RU' : 'US',
    top_level_domain: brand === 'kommo' ? 'kommo.com' : options.language === 'ru' ? 'ru' : 'com',
    amojo_id: uuidOf('chat-account', crm.account.id),
    cf: {},
    users: Object.fromEntries(
      users.filter(user => user.isActive).map(user => [user.id, escapeHtml(user.name)]),
    ),
    products: { catalog_id: null },
  };
}

function manager(user: CrmUser, theme: Boot['theme']): Record<string, unknown> {
  const name = escapeHtml(user.name);
  return {
    id: String(user.id),
    title: name,
    option: name,
    active: user.isActive,
    login: user.email,
    status: 'OK',
    is_admin: user.isAdmin ? 'Y' : 'N',
    free_user: user.isFree ? 'Y' : 'N',
    amojo_id: uuidOf('chat-user', user.id),
    amo_profile_id: null,
    avatar: '',
    theme,
    group: user.isFree ? 'group_free_users' : `group_${user.groupId}`,
    phone: user.phone ?? '',
    online: user.isActive,
  };
}
