/** Subscriptions to webhooks, and the contents of the hooks. */
import { describe, expect, it } from 'vitest';
import { ADMIN, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { connectedPipedrive, pipedrivePair } from '../../../support/listening-pipedrive.ts';

const ADDRESS = 'https://app.example.com/hooks/pipedrive/secret';
const ANY_PERSON = { subscription_url: ADDRESS, event_action: '*', event_object: 'person' };

type Received = { readonly headers: Headers; readonly body: Awaited<ReturnType<Response['json']>> };

async function listening(answer: (request: Request) => Response = () => new Response(), userId = ADMIN) {
  const received: Received[] = [];
  const probes: string[] = [];
  const stage = await connectedPipedrive(
    userId,
    {},
    {
      async send(request) {
        const text = await request.text();
        if (text === '') probes.push(request.method);
        else received.push({ headers: request.headers, body: JSON.parse(text) });
        return answer(request);
      },
    },
  );
  const subscribe = (more = {}) => stage.ask('POST /api/v1/webhooks', { json: { ...ANY_PERSON, ...more } });
  return { ...stage, received, probes, subscribe };
}

describe('a webhook', () => {
  it('is created once its address has answered, and is listed with the user of the token', async () => {
    const { company, probes, subscribe, read } = await listening(() => new Response(null, { status: 404 }));
    const made = await subscribe({ http_auth_user: 'person', http_auth_password: 'p', name: 'ours' });
    const { data, ...rest } = await made.json();
    expect([made.status, rest, probes]).toEqual([201, { status: 'ok', success: true }, ['GET']]);
    expect(data).toMatchObject({
      company_id: company.id,
      owner_id: ADMIN,
      user_id: ADMIN,
      is_active: 1,
      version: '2.0',
      type: 'application',
      http_auth_password: 'p',
    });
    expect((await read('/api/v1/webhooks')).data).toEqual([data]);
  });

  it.each<[string, string]>([
    ['that does not answer', 'https://nobody.example.com/'],
    ['that redirects elsewhere', 'https://elsewhere.example.com/'],
    ['of Pipedrive itself', 'https://acme.pipedrive.com/api/v2/persons'],
    ['without a protocol', 'app.example.com'],
  ])('cannot have an address %s', async (_what, subscription_url) => {
    const { subscribe } = await listening(({ url }) => {
      if (url.includes('nobody')) throw new TypeError('fetch failed');
      return new Response(null, { status: url.includes('elsewhere') ? 302 : 200 });
    });
    const refused = await subscribe({ subscription_url });
    expect([refused.status, await refused.json()]).toEqual([
      400,
      { status: 'error', success: false, errors: { subscription_url: ['invalid or non-reachable URL'] } },
    ]);
  });

  it('is for administrators only', async () => {
    const { subscribe } = await listening(undefined, SELLER_A);
    const refused = await subscribe();
    expect([refused.status, await refused.json()]).toEqual([403, { success: false, message: 'Forbidden' }]);
  });

  it('is refused when there are forty already', async () => {
    const { company, subscribe } = await listening();
    for (let count = 0; count < 40; count += 1) await subscribe();
    expect([(await subscribe()).status, company.webhooks.all().length]).toEqual([422, 40]);
  });

  it('is deleted with DELETE, once', async () => {
    const { ask, subscribe } = await listening();
    const { data } = await (await subscribe()).json();
    const end = () => ask(`DELETE /api/v1/webhooks/${data.id}`);
    expect((await end()).status).toBe(200);
    const again = await end();
    expect([again.status, (await again.json()).errors]).toEqual([404, { id: ['not found'] }]);
  });

  it.each([{ version: '1.0' }, { event_object: 'lead' }, { colour: 'red' }])(
    'with %j is not emulated',
    async more => {
      const { world, subscribe } = await listening();
      expect((await subscribe(more)).status).toBe(501);
      expect(world.unhandledRequests).toHaveLength(1);
    },
  );
});

describe('the contents of a webhook', () => {
  it('for a new owner have texts in meta, the number in data, and only changed fields in previous', async () => {
    const { world, company, received, subscribe } = await listening();
    const person = company.addPerson({ name: 'Anna', phones: ['+7 999 111-22-33'], ownerId: SELLER_A });
    await subscribe({ http_auth_user: 'person', http_auth_password: 'p' });
    world.clock.advance(1000);
    company.assignPerson(SELLER_B, person.id, SELLER_B);
    await world.settled();
    expect(received).toHaveLength(1);
    const [{ headers, body } = { headers: new Headers(), body: {} }] = received;
    expect(headers.get('Authorization')).toBe(`Basic ${btoa('person:p')}`);
    expect(body.meta).toMatchObject({
      action: 'change',
      entity: 'person',
      entity_id: String(person.id),
      company_id: String(company.id),
      user_id: String(SELLER_B),
      change_source: 'app',
      attempt: 1,
      is_bulk_edit: false,
      webhook_owner_id: String(ADMIN),
      host: 'acme.pipedrive.com',
      timestamp: '2026-11-02T09:00:01.000Z',
    });
    expect(body.meta.permitted_user_ids).toContain(String(SELLER_A));
    expect(body.data).toMatchObject({ id: person.id, owner_id: SELLER_B, visible_to: '3' });
    expect(body.previous).toEqual({ owner_id: SELLER_A, update_time: '2026-11-02T09:00:00Z' });
  });

  it('can have the whole record in previous, with an oddity', async () => {
    const { world, company, received, subscribe } = await listening();
    world.pipedrive.oddities.hookPrevious = 'whole';
    const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_A });
    await subscribe();
    company.changePerson({ userId: SELLER_A }, id, { name: 'Anna Ivanova' });
    await world.settled();
    expect(received[0]?.body.previous).toMatchObject({ name: 'Anna', owner_id: SELLER_A });
  });

  it('for a change with our own token have the source "api"', async () => {
    const { world, company, ask, received, subscribe } = await listening();
    const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_A });
    await subscribe();
    await ask(`PATCH /api/v2/persons/${id}`, { json: { owner_id: SELLER_B } });
    await world.settled();
    expect(received[0]?.body.meta).toMatchObject({ user_id: String(ADMIN), change_source: 'api' });
  });

  it('for a new person have no previous, and for a deleted one no data', async () => {
    const { world, company, received, subscribe } = await listening();
    await subscribe();
    const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_A });
    company.deletePerson(SELLER_A, id);
    await world.settled();
    const hooks = received.map(({ body }) => [body.meta.action, body.data?.id, body.previous?.id]);
    expect(hooks).toEqual([
      ['create', id, undefined],
      ['delete', undefined, id],
    ]);
  });

  it('for a bulk change are sent once for each person', async () => {
    const { world, company, received, subscribe } = await listening();
    const ids = ['Anna', 'Boris'].map(name => company.addPerson({ name, ownerId: SELLER_A }).id);
    await subscribe();
    company.assignPersons(ADMIN, ids, SELLER_B);
    await world.settled();
    const hooks = received.map(({ body }) => [body.meta.entity_id, body.meta.is_bulk_edit]);
    expect(hooks).toEqual(ids.map(id => [String(id), true]));
  });

  it('for a merge of two people name the one that is gone and the one that is left', async () => {
    const { world, company, received, subscribe } = await listening();
    const [kept, lost] = ['Anna', 'Anna I.'].map(name =>
      company.addPerson({ name, phones: [`phone of ${name}`], ownerId: SELLER_A }),
    );
    await subscribe();
    company.mergePersons(ADMIN, lost?.id ?? 0, kept?.id ?? 0);
    await world.settled();
    expect(received.map(({ body }) => body.meta)).toMatchObject([
      { action: 'delete', entity_id: String(lost?.id), merged_to_id: String(kept?.id) },
      { action: 'change', entity_id: String(kept?.id), merged_from_id: String(lost?.id) },
    ]);
    expect(received[1]?.body.data.phones).toHaveLength(2);
  });

  it.each([
    ['rfc3339', '2026-11-02T09:00:00.000Z'],
    ['seconds', 1_793_610_000],
  ] as const)(
    'for a deactivated user are a change, with a time in the form %s',
    async (userEventTime, timestamp) => {
      const { world, company, received, subscribe } = await listening();
      world.pipedrive.oddities.userEventTime = userEventTime;
      await subscribe({ event_object: 'user' });
      company.changeUser(ADMIN, SELLER_A, { isActive: false });
      await world.settled();
      expect(received[0]?.body).toMatchObject({
        meta: {
          action: 'change',
          entity: 'user',
          entity_id: String(SELLER_A),
          id: String(SELLER_A),
          timestamp,
        },
        data: { id: String(SELLER_A), active_flag: false },
        previous: { active_flag: true },
      });
      expect(received[0]?.body.meta).not.toHaveProperty('permitted_user_ids');
    },
  );
});

describe('the events of a webhook', () => {
  it('are limited to what its user may see', async () => {
    const { world, company, received, subscribe } = await listening();
    await subscribe({ user_id: SELLER_B });
    company.addPerson({ name: 'Hidden', ownerId: SELLER_A, visibleTo: 1 });
    company.addPerson({ name: 'Anna', ownerId: SELLER_A });
    await world.settled();
    expect(received.map(({ body }) => body.data.name)).toEqual(['Anna']);
  });

  it('are those that it has subscribed to', async () => {
    const { world, company, received, subscribe } = await listening();
    await subscribe({ event_action: 'change', event_object: 'deal' });
    const deal = company.addDeal({ title: 'Doors', ownerId: SELLER_A });
    company.assignDeal(SELLER_A, deal.id, SELLER_B);
    company.addPerson({ name: 'Anna', ownerId: SELLER_A });
    await world.settled();
    const hooks = received.map(({ body }) => [body.meta.entity, body.data.owner_id]);
    expect(hooks).toEqual([['deal', SELLER_B]]);
  });

  it('end when the person who created it has uninstalled the app', async () => {
    const stage = await listening();
    await stage.subscribe();
    const pair = await pipedrivePair(stage);
    await stage.ask('POST https://oauth.pipedrive.com/oauth/revoke', {
      form: { token: pair.refresh_token },
      headers: {
        Authorization: `Basic ${btoa(`${stage.company.app.clientId}:${stage.company.app.clientSecret}`)}`,
      },
    });
    stage.company.addPerson({ name: 'Anna', ownerId: SELLER_A });
    await stage.world.settled();
    expect([stage.received, stage.company.webhooks.all()]).toEqual([[], []]);
  });
});
