/**
 * Employees, for administrators only, in pages of at most 250 or one by one. Names are raw here but escaped in the
 * page.
 */
import type { CrmUser } from '../../world/crm.ts';
import { uuidOf } from '../../world/uuid.ts';
import type { World } from '../../world/world.ts';
import { valuesOf } from './filter.ts';
import { hal, nothing, pageOf, selfLink, PAGING } from './hal.ts';
import { someOf } from '../parameters.ts';
import { problem } from './problem.ts';
import { route, type Route } from './route.ts';

const LONGEST_PAGE = 250;
const WITH = ['role', 'group', 'uuid', 'amojo_id', 'user_rank', 'phone_number'];

export const userRoutes = (world: World): Route[] => [
  route(
    'GET /api/v4/users',
    { who: 'admins', query: { ...PAGING, with: someOf(...WITH) } },
    ({ request, query }) => {
      const users = [...world.crm.users.values()];
      const page = pageOf(users, request, LONGEST_PAGE);
      if (page instanceof Response) return page;
      if (page.items.length === 0) return nothing();
      const related = valuesOf(query, 'with');
      return hal({
        _total_items: users.length,
        _page: page.number,
        _page_count: page.count,
        _links: page.links,
        _embedded: { users: page.items.map(user => wireUser(world, user, related)) },
      });
    },
  ),
  route('GET /api/v4/users/:id', { who: 'admins', query: { with: someOf(...WITH) } }, ({ params, query }) => {
    const user = world.crm.users.get(Number(params['id']));
    return user ? hal(wireUser(world, user, valuesOf(query, 'with'))) : problem(404, 'Not found');
  }),
];

function wireUser(world: World, user: CrmUser, related: readonly string[]): unknown {
  const { origin } = world.crm.account;
  const groupName = world.crm.groups.get(user.groupId);
  const groups = user.groupId === 0 ? [] : [{ id: user.groupId, name: groupName }];
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    lang: world.options.language,
    ...(related.includes('uuid') && { uuid: uuidOf('user', user.id) }),
    ...(related.includes('amojo_id') && { amojo_id: uuidOf('chat-user', user.id) }),
    ...(related.includes('user_rank') && { user_rank: 'newbie' }),
    ...(related.includes('phone_number') && { phone_number: user.phone ?? null }),
    rights: rightsOf(user),
    _links: selfLink(`${origin}/api/v4/users/${user.id}`),
    ...((related.includes('role') || related.includes('group')) && {
      _embedded: {
        ...(related.includes('role') && { roles: [] }),
        ...(related.includes('group') && { groups }),
      },
    }),
  };
}

/** Administrators have a rights object too, but it has no effect. The default group is null. */
function rightsOf({ contacts, leads, tasks, isAdmin, isFree, isActive, groupId }: CrmUser): unknown {
  const all = { view: 'A', edit: 'A', add: 'A', delete: 'A', export: 'A' };
  return {
    leads: { ...all, ...(leads ?? contacts) },
    contacts: { ...all, ...contacts },
    companies: all,
    tasks: { edit: tasks ?? 'A', delete: 'A' },
    mail_access: true,
    catalog_access: true,
    status_rights: [],
    is_admin: isAdmin,
    is_free: isFree,
    is_active: isActive,
    group_id: groupId === 0 ? null : groupId,
    role_id: null,
  };
}
