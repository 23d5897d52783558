/** GET /api/v4/account, open to every employee: the way to learn one's own id and the groups. */
import { TASK_TYPES } from '../../world/task-types.ts';
import { uuidOf } from '../../world/uuid.ts';
import type { World } from '../../world/world.ts';
import { valuesOf } from './filter.ts';
import { hal, selfLink } from './hal.ts';
import { someOf } from '../parameters.ts';
import { route, type Route } from './route.ts';

/** The optional parts of the answer; the names are the API's own. */
const FIELDS: Readonly<Record<string, (world: World) => unknown>> = {
  amojo_id: ({ crm }) => uuidOf('chat-account', crm.account.id),
  uuid: ({ crm }) => uuidOf('account', crm.account.id),
  version: () => 1,
  is_api_filter_enabled: ({ crm }) => crm.account.filtersLists,
};
const EMBEDDED: Readonly<Record<string, (world: World) => unknown>> = {
  users_groups: ({ crm }) => Array.from(crm.groups, ([id, name]) => ({ id, name, uuid: null })),
  task_types: ({ options }) =>
    TASK_TYPES[options.language].map(({ id, name, code }) => ({
      id,
      name,
      color: null,
      icon_id: null,
      code,
    })),
};

export const accountRoutes = (world: World): Route[] => [
  route(
    'GET /api/v4/account',
    { query: { with: someOf(...Object.keys(FIELDS), ...Object.keys(EMBEDDED)) } },
    ({ me, query, request }) => {
      const { account } = world.crm;
      const isRussian = world.options.language === 'ru';
      const asked = valuesOf(query, 'with');
      const among = (all: typeof FIELDS): Record<string, unknown> =>
        Object.fromEntries(
          Object.entries(all)
            .filter(([name]) => asked.includes(name))
            .map(([name, of]) => [name, of(world)]),
        );
      const embedded = among(EMBEDDED);
      return hal({
        id: account.id,
        name: account.name,
        subdomain: account.subdomain,
        created_at: account.createdAt,
        created_by: 0,
        updated_at: account.createdAt,
        updated_by: 0,
        current_user_id: me.id,
        country: isRussian ? 'RU' : 'US',
        currency: isRussian ? 'RUB' : 'USD',
        currency_symbol: isRussian ? '₽' : '$',
        customers_mode: 'unavailable',
        is_unsorted_on: true,
        mobile_feature_version: 0,
        is_loss_reason_enabled: false,
        is_helpbot_enabled: false,
        is_technical_account: false,
        contact_name_display_order: 1,
        ...among(FIELDS),
        _links: selfLink(request.url),
        ...(Object.keys(embedded).length > 0 && { _embedded: embedded }),
      });
    },
  ),
];
