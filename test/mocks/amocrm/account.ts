/** GET /api/v4/account: for every employee; the way to learn one's own id and the groups. */
import { http, type RequestHandler } from 'msw';
import type { World } from '../../world/world.ts';
import { hal, selfLink } from './hal.ts';
import type { SignedIn } from './session.ts';

export const accountRoutes = (world: World, signedIn: SignedIn): RequestHandler[] => [
  http.get(
    '*/api/v4/account',
    signedIn(({ me, query, request }) => {
      const { account, groups } = world.crm;
      const withGroups = query.get('with')?.split(',').includes('users_groups');
      return hal({
        id: account.id,
        name: account.name,
        subdomain: account.subdomain,
        current_user_id: me.id,
        country: world.options.language === 'ru' ? 'RU' : 'US',
        currency: world.options.language === 'ru' ? 'RUB' : 'USD',
        customers_mode: 'unavailable',
        is_unsorted_on: true,
        is_technical_account: false,
        contact_name_display_order: 1,
        _links: selfLink(request.url),
        ...(withGroups && {
          _embedded: { users_groups: Array.from(groups, ([id, name]) => ({ id, name, uuid: null })) },
        }),
      });
    }),
  ),
];
