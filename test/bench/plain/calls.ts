/** The requests of both jobs, one function each. */

export type Person = { readonly id: string; readonly name: string; readonly email: string };
export type Role = 'seller' | 'manager' | 'auditor';
export type UserRole = {
  readonly channelId: string;
  readonly userId: string;
  readonly role: Role;
  readonly allowGetNewClients: boolean;
};
export type Channel = { readonly channelId: string; readonly name: string };
export type Roles = { readonly list: readonly UserRole[]; readonly version: string };
export type Calls = ReturnType<typeof createCalls>;

const PAGE = 250;
const SECOND = 1000;

type Answer<T> = { readonly value: T; readonly headers: Headers };

async function json<T>(address: string, init: RequestInit = {}): Promise<Answer<T>> {
  const response = await fetch(address, init);
  if (response.status === 429) {
    await new Promise(resolve => {
      setTimeout(resolve, SECOND);
    });
    return json(address, init);
  }
  if (!response.ok) throw new Error(`${response.status} for ${address}`);
  const text = await response.text();
  return { value: JSON.parse(text || 'null'), headers: response.headers };
}

export function createCalls({ chatUrl = '' }: { readonly chatUrl?: string }, integrationId: string) {
  const gateway = async <T>(
    path: string,
    method = 'GET',
    body?: unknown,
    version = '',
  ): Promise<Answer<T>> => {
    const { value } = await json<{ token: string }>(
      `/ajax/v2/integrations/${integrationId}/disposable_token`,
      { headers: { 'X-Requested-With': 'XMLHttpRequest' } },
    );
    return json<T>(`${chatUrl}${path}`, {
      method,
      headers: {
        'X-Auth-Token': value.token,
        'Content-Type': 'application/json',
        ...(version ? { 'If-Match': version } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  };
  return {
    async people(): Promise<Person[]> {
      const people: Person[] = [];
      for (let page = 1; ; page += 1) {
        const { value } = await json<{
          _embedded: { users: (Omit<Person, 'id'> & { id: number })[] };
          _page_count: number;
        }>(`/api/v4/users?limit=${PAGE}&page=${page}`);
        people.push(...value._embedded.users.map(one => ({ ...one, id: String(one.id) })));
        if (page >= value._page_count) return people;
      }
    },
    async roles(): Promise<Roles> {
      const { value, headers } = await gateway<{ userRoles: UserRole[] }>('/settings');
      return { list: value.userRoles, version: headers.get('ETag') ?? '' };
    },
    channels: async () => (await gateway<Channel[]>('/v3/channels')).value,
    saveRoles: ({ list, version }: Roles) => gateway('/settings', 'PATCH', { userRoles: list }, version),
    async take(contactId: number, shownOwner: string, me: number): Promise<boolean> {
      const { value } = await json<{ responsible_user_id: number; name: string }>(
        `/api/v4/contacts/${contactId}`,
      );
      if (String(value.responsible_user_id) !== shownOwner) return false;
      await json(`/api/v4/contacts/${contactId}`, {
        method: 'PATCH',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ responsible_user_id: me }),
      });
      return true;
    },
  };
}
