// @vitest-environment happy-dom
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stageInNode, type NodeStage } from '../../mocks/node.ts';
import { standingClock } from '../../world/clock.ts';
import { ADMIN, NOBODY, SELLER_A } from '../../world/people.ts';
import { told, tokenAnswer } from '../told.ts';

let stage: NodeStage;
beforeEach(() => {
  stage = stageInNode({ person: ADMIN, clock: standingClock() });
});
afterEach(() => {
  stage.close();
});

async function token(): Promise<string> {
  const { account, integration } = stage.world.crm;
  const answer = await fetch(`${account.origin}/ajax/v2/integrations/${integration.uuid}/disposable_token`, {
    headers: { 'X-Requested-With': 'XMLHttpRequest' },
  });
  return (await told(answer, tokenAnswer)).token;
}

/** A request by a page without fetch. */
function xhr(url: string, headers: Record<string, string>): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = new XMLHttpRequest();
    asked.addEventListener('load', () => resolve({ status: asked.status, text: asked.responseText }));
    asked.addEventListener('error', () => reject(new Error('The connection failed')));
    asked.open('GET', url);
    for (const [name, value] of Object.entries(headers)) asked.setRequestHeader(name, value);
    asked.send();
  });
}

const me = async (): Promise<unknown> => {
  const answer = await fetch('/api/v4/account');
  const { current_user_id: id } = await told(answer, v.object({ current_user_id: v.optional(v.number()) }));
  return [answer.status, id];
};

describe('the emulated services in the page of a test', () => {
  it("answer as the CRM to the logged-in person, also at the page's own address", async () => {
    expect(await me()).toEqual([200, ADMIN]);
    stage.person = SELLER_A;
    expect(await me()).toEqual([200, SELLER_A]);
    stage.person = undefined;
    expect(await me()).toEqual([401, undefined]);
  });

  it("record the gateway's requests apart from those of the page", async () => {
    const answer = await fetch('https://gateway.example.com/settings', {
      headers: { 'X-Auth-Token': await token() },
    });
    expect(answer.status).toBe(200);
    expect(stage.requests).toEqual([
      `GET https://crm.amocrm.ru/ajax/v2/integrations/${stage.world.crm.integration.uuid}/disposable_token`,
      'GET https://gateway.example.com/settings',
    ]);
    expect(stage.upstream).toEqual(['GET https://tech.wazzup24.com/settings']);
  });

  it('answer XMLHttpRequest like fetch', async () => {
    const { status, text } = await xhr('https://gateway.example.com/v3/channels', {
      'X-Auth-Token': await token(),
    });
    expect(status).toBe(200);
    expect(JSON.parse(text)).toHaveLength(2);
  });

  it('let a test give the gateway another key', async () => {
    stage.keyKind = 'v3';
    const headers = { 'X-Auth-Token': await token() };
    expect((await fetch('https://gateway.example.com/settings', { headers })).headers.get('Allow')).toBe(
      'GET',
    );
    stage.keyKind = 'partner';
    expect((await fetch('https://gateway.example.com/settings', { headers })).headers.get('Allow')).toBe(
      'GET, PATCH',
    );
  });

  it('accept one of two saves at the same time', async () => {
    const headers = { 'X-Auth-Token': await token() };
    const read = await fetch('https://gateway.example.com/settings', { headers });
    const save = (): Promise<Response> =>
      fetch('https://gateway.example.com/settings', {
        method: 'PATCH',
        headers: { ...headers, 'If-Match': read.headers.get('ETag') ?? '' },
        body: JSON.stringify({ pushInputOutputMessageEventsForManagers: true, userRoles: [] }),
      });
    const answers = await Promise.all([save(), save()]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 412]));
  });

  it('cut a connection', async () => {
    stage.world.disturbances.add(/GET \/api\/v4\/account/, 'cut', 2);
    await expect(fetch('/api/v4/account')).rejects.toThrow('Failed to fetch');
    await expect(xhr('/api/v4/account', {})).rejects.toThrow('The connection failed');
  });

  it('carry out a request whose answer is lost, and leave it open until it is aborted', async () => {
    const { id } = stage.world.crm.addContact('Anna', [], SELLER_A);
    stage.world.disturbances.add(/PATCH/, 'lost-after');
    const impatient = new AbortController();
    const outcome = fetch(`/api/v4/contacts/${id}`, {
      method: 'PATCH',
      body: JSON.stringify({ responsible_user_id: ADMIN }),
      signal: impatient.signal,
    }).then(
      () => 'answered',
      () => 'given up',
    );
    await expect.poll(() => stage.world.crm.contacts.get(id)?.responsibleUserId).toBe(ADMIN);
    await expect(
      Promise.race([outcome, stage.world.clock.wait(0), fetch('/api/v4/account').then(() => 'open')]),
    ).resolves.toBe('open');
    impatient.abort();
    expect(await outcome).toBe('given up');
  });

  it('carry out a late request for its sender, even if another person is logged in by then', async () => {
    const { crm, clock, disturbances, oddities } = stage.world;
    const { id } = crm.addContact('Anna', [], NOBODY);
    disturbances.add(/^PATCH/, 'late');
    const given = new AbortController();
    const outcome = fetch(`/api/v4/contacts/${id}`, {
      method: 'PATCH',
      body: JSON.stringify({ responsible_user_id: SELLER_A }),
      signal: given.signal,
    }).catch(() => 'given up');
    await expect.poll(() => disturbances.waiting()).toEqual([]);
    given.abort();
    expect(await outcome).toBe('given up');
    stage.person = SELLER_A;
    clock.advance(oddities.lateMs);
    await expect.poll(() => crm.ownerChanges).toMatchObject([{ createdBy: ADMIN, after: SELLER_A }]);
  });

  it('give XMLHttpRequest the world’s date', async () => {
    const asked = new XMLHttpRequest();
    const loaded = new Promise(resolve => {
      asked.addEventListener('load', resolve);
    });
    asked.open('GET', '/api/v4/account');
    asked.send();
    await loaded;
    expect(asked.getResponseHeader('Date')).toBe('Mon, 02 Nov 2026 09:00:00 GMT');
  });

  it('answer 501 to a request to an unknown host', async () => {
    const answer = await fetch('https://elsewhere.example/secret');
    expect(answer.status).toBe(501);
    expect(stage.world.unhandledRequests).toEqual(['GET https://elsewhere.example/secret']);
  });
});
