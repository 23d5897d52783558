/** Users, their permissions and roles: only in v1, all in one answer. */
import { anything } from '../parameters.ts';
import { hasGroups } from '../../world/pipedrive/plans.ts';
import { limitOf, ok, okWith } from './envelope.ts';
import { notFound } from './problem.ts';
import { route, type Route } from './route.ts';
import { wireMe, wirePermissions, wireUser } from './user-wire.ts';

const reading = { scopes: ['users:read'] };

export const userRoutes = (): Route[] => [
  route('GET /api/v1/users', { ...reading, cost: 20 }, ({ company, me }) =>
    ok([...company.users.values()].map(user => wireUser(user, me))),
  ),
  route('GET /api/v1/users/me', { scopes: ['base', 'users:read'], cost: 2 }, ({ company, me }) =>
    ok(wireMe(me, company)),
  ),
  route('GET /api/v1/users/:id', { ...reading, cost: 2 }, ({ company, me, params }) => {
    const user = company.users.get(Number(params['id']));
    return user ? ok(wireUser(user, me)) : notFound('User');
  }),
  route('GET /api/v1/users/:id/permissions', { ...reading, cost: 10 }, ({ company, params }) => {
    const user = company.users.get(Number(params['id']));
    return user ? ok(wirePermissions(user)) : notFound('User');
  }),
  route(
    'GET /api/v1/roles',
    { ...reading, cost: 20, query: { start: anything, limit: anything } },
    ({ company, query }) => {
      const limit = limitOf(query);
      if (limit instanceof Response) return limit;
      const start = Number(query.get('start') ?? 0);
      const roles = [...company.roles.values()];
      const page = roles.slice(start, start + limit).map(({ id, parentId, name }) => ({
        id,
        parent_role_id: parentId,
        name,
        active_flag: true,
        assignment_count: String([...company.users.values()].filter(user => user.roleId === id).length),
        sub_role_count: String(roles.filter(role => role.parentId === id).length),
        level: parentId === null ? 1 : 2,
      }));
      const isMore = roles.length > start + limit;
      return okWith(page, { pagination: { start, limit, more_items_in_collection: isMore } });
    },
  ),
  // The cost is not documented.
  route('GET /api/v1/userSettings', { scopes: ['base'], cost: 0 }, ({ company }) =>
    ok({ advanced_permissions: hasGroups(company.plan), marketplace_team: false }),
  ),
];
