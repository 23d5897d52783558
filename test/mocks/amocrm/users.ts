/** GET /api/v4/users: for administrators only, in pages of at most 250. Names are raw here, escaped in the page. */
import { http, type RequestHandler } from 'msw';
import type { CrmUser } from '../../world/crm.ts';
import type { World } from '../../world/world.ts';
import { hal, nothing, pageOf, selfLink } from './hal.ts';
import { forAdmins, type SignedIn } from './session.ts';

const LONGEST_PAGE = 250;

export const userRoutes = (world: World, signedIn: SignedIn): RequestHandler[] => [
  http.get(
    '*/api/v4/users',
    forAdmins(signedIn)(({ request, query }) => {
      const users = [...world.crm.users.values()];
      const page = pageOf(users, request, LONGEST_PAGE);
      if (page instanceof Response) return page;
      if (page.items.length === 0) return nothing();
      const related = query.get('with')?.split(',') ?? [];
      return hal({
        _total_items: users.length,
        _page: page.number,
        _page_count: page.count,
        _links: page.links,
        _embedded: { users: page.items.map(user => wireUser(world, user, related)) },
      });
    }),
  ),
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
    rights: rightsOf(user),
    _links: selfLink(`${origin}/api/v4/users/${user.id}`),
    ...(related.length > 0 && {
      _embedded: {
        ...(related.includes('role') && { roles: [] }),
        ...(related.includes('group') && { groups }),
      },
    }),
  };
}

/** Administrators have a rights object too; it is theirs to ignore. The group that every account has is null. */
function rightsOf({ contacts, leads, isAdmin, isFree, isActive, groupId }: CrmUser): unknown {
  const all = { view: 'A', edit: 'A', add: 'A', delete: 'A', export: 'A' };
  return {
    leads: { ...all, ...(leads ?? contacts) },
    contacts: { ...all, ...contacts },
    companies: all,
    tasks: { edit: 'A', delete: 'A' },
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
