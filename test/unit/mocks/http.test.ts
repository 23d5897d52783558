import { request as send, type IncomingMessage, type RequestOptions } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { crmHandlers } from '../../mocks/amocrm/handlers.ts';
import { answer, type Answer } from '../../mocks/answer.ts';
import { listen, redirected, type Mount, type MountOptions } from '../../mocks/http.ts';
import { SELLER_A, SELLER_B } from '../../world/people.ts';
import { standingClock } from '../../world/clock.ts';
import { createWorld } from '../../world/world.ts';

const mounts: Mount[] = [];

async function mounted(serve: (request: Request) => Promise<Answer>, options?: MountOptions): Promise<Mount> {
  const mount = await listen(serve, options);
  mounts.push(mount);
  return mount;
}

afterEach(async () => {
  await Promise.all(mounts.splice(0).map(mount => mount.close()));
});

/** A client on a lower level than fetch: it sees resets, and can send any host. */
function ask(mount: Mount, options: RequestOptions = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    send({ host: '127.0.0.1', port: mount.port, ...options }, resolve)
      .on('error', reject)
      .end();
  });
}

const connectionOf = async (options: MountOptions): Promise<string | undefined> =>
  (
    await ask(await mounted(async () => new Response('ok'), options), {
      headers: { Connection: 'keep-alive' },
    })
  ).headers.connection;

describe('a mount on a port', () => {
  it('passes on method, path, headers and body, and returns the answer', async () => {
    const mount = await mounted(
      async request =>
        new Response(`${request.method} ${new URL(request.url).pathname}: ${await request.text()}`, {
          status: 418,
          headers: { 'X-Seen': request.headers.get('X-Sent') ?? '' },
        }),
    );
    const answered = await fetch(`${mount.origin}/a/b`, {
      method: 'PATCH',
      body: 'тело',
      headers: { 'X-Sent': '1' },
    });
    expect(answered.status).toBe(418);
    expect(answered.headers.get('X-Seen')).toBe('1');
    expect(await answered.text()).toBe('PATCH /a/b: тело');
  });

  it('keeps the requested host in the address', async () => {
    const mount = await mounted(async request => new Response(request.url));
    const answered = await ask(mount, { path: '/x?y=1', headers: { Host: 'seller-a.crm.localhost:81' } });
    expect((await answered.toArray()).join('')).toBe('http://seller-a.crm.localhost:81/x?y=1');
  });

  it('keeps several set cookies apart', async () => {
    const mount = await mounted(async () => {
      const headers = new Headers();
      headers.append('Set-Cookie', 'a=1; Path=/');
      headers.append('Set-Cookie', 'b=2; Expires=Mon, 02 Nov 2026 09:00:00 GMT');
      return new Response(null, { status: 204, headers });
    });
    expect((await ask(mount)).headers['set-cookie']).toEqual([
      'a=1; Path=/',
      'b=2; Expires=Mon, 02 Nov 2026 09:00:00 GMT',
    ]);
  });

  it('tells people apart only by their cookies', async () => {
    const world = createWorld();
    world.crm.sessions.set('token-a', SELLER_A).set('token-b', SELLER_B);
    const handlers = crmHandlers(world, request => {
      const [, session = ''] = /session=([\w-]+)/.exec(request.headers.get('Cookie') ?? '') ?? [];
      return world.crm.sessions.get(session);
    });
    const mount = await mounted(request => answer(world, handlers, request));
    const whoAmI = async (cookie?: string): Promise<unknown> => {
      const answered = await ask(mount, {
        path: '/api/v4/account',
        headers: cookie ? { Cookie: cookie } : {},
      });
      const body = (await answered.toArray()).join('');
      return [answered.statusCode, /"current_user_id":(\d+)/.exec(body)?.[1]];
    };
    expect(await Promise.all([whoAmI('session=token-a'), whoAmI('session=token-b'), whoAmI()])).toEqual([
      [200, String(SELLER_A)],
      [200, String(SELLER_B)],
      [401, undefined],
    ]);
  });

  it('has the world’s date in answers of the CRM', async () => {
    const world = createWorld({ clock: standingClock() });
    const mount = await mounted(request =>
      answer(
        world,
        crmHandlers(world, () => SELLER_A),
        request,
      ),
    );
    const answered = await fetch(`${mount.origin}/api/v4/account`);
    expect(answered.headers.get('Date')).toBe('Mon, 02 Nov 2026 09:00:00 GMT');
  });

  it('carries out a late request with its body and cookie after the client has closed the connection', async () => {
    const world = createWorld({ clock: standingClock() });
    const { id } = world.crm.addContact('Anna', [], SELLER_B);
    world.disturbances.add(/^PATCH/, 'late');
    const handlers = crmHandlers(world, request => Number(request.headers.get('Cookie')));
    const mount = await mounted(request => answer(world, handlers, request));
    const given = new AbortController();
    const asked = fetch(`${mount.origin}/api/v4/contacts/${id}`, {
      method: 'PATCH',
      body: JSON.stringify({ responsible_user_id: SELLER_A }),
      headers: { Cookie: String(SELLER_A) },
      signal: given.signal,
    }).catch(() => 'given up');
    await expect.poll(() => world.disturbances.waiting()).toEqual([]);
    given.abort();
    expect(await asked).toBe('given up');
    await expect
      .poll(() => {
        world.clock.advance(world.oddities.lateMs);
        return world.crm.ownerChanges;
      })
      .toMatchObject([{ createdBy: SELLER_A, after: SELLER_A }]);
  });

  it('streams a body', async () => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    const mount = await mounted(async () => new Response(readable));
    const answered = await ask(mount);
    const parts = answered[Symbol.asyncIterator]();
    for (const part of ['one', 'two']) {
      await writer.write(new TextEncoder().encode(part));
      expect(String((await parts.next()).value)).toBe(part);
    }
    await writer.close();
    expect((await parts.next()).done).toBe(true);
  });

  it('cancels a body and aborts the request when the client leaves', async () => {
    const seen = { cancelled: false, aborted: false };
    const mount = await mounted(async ({ signal }) => {
      signal.addEventListener('abort', () => {
        seen.aborted = true;
      });
      return new Response(
        new ReadableStream({
          start: stream => stream.enqueue(new TextEncoder().encode('first')),
          cancel: () => {
            seen.cancelled = true;
          },
        }),
      );
    });
    const answered = await ask(mount);
    answered.destroy();
    await vi.waitFor(() => expect(seen).toEqual({ cancelled: true, aborted: true }));
  });

  it('does not abort a request whose answer was read completely', async () => {
    let signal: AbortSignal | undefined;
    const mount = await mounted(
      async request => {
        ({ signal } = request);
        return new Response('all');
      },
      { keepAlive: false },
    );
    await (await fetch(mount.origin)).text();
    await ask(mount);
    expect(signal?.aborted).toBe(false);
  });

  it('leaves a lost request without an answer until the client gives up', async () => {
    const seen = { arrived: false, aborted: false };
    const mount = await mounted(async ({ signal }) => {
      seen.arrived = true;
      signal.addEventListener('abort', () => {
        seen.aborted = true;
      });
      return 'lost';
    });
    const impatient = new AbortController();
    const asked = fetch(mount.origin, { signal: impatient.signal });
    await vi.waitFor(() => expect(seen).toEqual({ arrived: true, aborted: false }));
    impatient.abort();
    await expect(asked).rejects.toThrow('aborted');
    await vi.waitFor(() => expect(seen.aborted).toBe(true));
  });

  it.each([true, false])(
    'resets the connection of a request that is cut (keep-alive %s)',
    async keepAlive => {
      const mount = await mounted(async () => 'cut', { keepAlive });
      await expect(ask(mount)).rejects.toMatchObject({ code: 'ECONNRESET' });
    },
  );

  it('resets the connection under a body that fails', async () => {
    const mount = await mounted(async () => {
      const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
      const writer = writable.getWriter();
      void writer
        .write(new TextEncoder().encode('half'))
        .then(() => writer.abort(new Error('The rest is missing')));
      return new Response(readable);
    });
    const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const answered = await ask(mount);
    await expect(answered.toArray()).rejects.toMatchObject({ code: 'ECONNRESET' });
    stderr.mockRestore();
  });

  it('closes the connection after each answer when it is not kept alive', async () => {
    expect(await connectionOf({ keepAlive: true })).toBe('keep-alive');
    expect(await connectionOf({ keepAlive: false })).toBe('close');
  });

  it('answers 500 for a handler that throws, and prints its stack', async () => {
    const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const mount = await mounted(async () => {
      throw new Error('A mock is broken');
    });
    expect((await ask(mount)).statusCode).toBe(500);
    expect(stderr).toHaveBeenCalledWith(expect.stringMatching(/A mock is broken[^]+http\.test\.ts/));
    stderr.mockRestore();
  });

  it('can be closed while requests are open', async () => {
    let arrived = 0;
    const mount = await listen(async () => {
      arrived += 1;
      return 'lost';
    });
    const pending = ask(mount).catch((error: unknown) => error);
    await vi.waitFor(() => expect(arrived).toBe(1));
    await mount.close();
    expect(await pending).toMatchObject({ code: 'ECONNRESET' });
  });
});

describe('a redirected request', () => {
  it('goes to another origin with its method, headers, body and signal', async () => {
    const leaving = new AbortController();
    const original = new Request('http://127.0.0.1:8123/v3/users?offset=1', {
      method: 'POST',
      headers: { Authorization: 'Bearer key' },
      body: '[1]',
      signal: leaving.signal,
    });
    const moved = redirected(original, 'https://api.wazzup24.com');
    expect([moved.method, moved.url]).toEqual(['POST', 'https://api.wazzup24.com/v3/users?offset=1']);
    expect(moved.headers.get('Authorization')).toBe('Bearer key');
    expect(await moved.text()).toBe('[1]');
    leaving.abort();
    expect(moved.signal.aborted).toBe(true);
  });
});
