/** Requests that never end or break off are cut off in time, use little memory, and keep no other request waiting. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAppServer } from '../../server/node/server.ts';
import type { Entry } from '../../server/operations/log.ts';
import { portOf } from '../mocks/http.ts';
import { claimsOf, signed } from '../support/signed-proof.ts';
import { ADMIN, SELLER_A, SELLER_B } from '../world/people.ts';
import { installedOffice, type Office } from './office.ts';

const MANY = 200;
const MEGABYTE = 1_000_000;
/** The most that anybody may send, and the most that an administrator may send. */
const USUAL_BYTES = 390_000;
const LARGE_BYTES = MEGABYTE;
/** Shorter than the real ten and thirty seconds. */
const PATIENCE = { headersMilliseconds: 1500, requestMilliseconds: 6000 };

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');
function usedBytes(): number {
  if (typeof collect === 'function') collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

let office: Office;
let server: Server;
const logged: Entry[] = [];
const sockets: Socket[] = [];
beforeAll(async () => {
  office = await installedOffice();
  server = createAppServer(office.app, {
    isReady: async () => true,
    proxies: 0,
    log: entry => logged.push(entry),
    patience: PATIENCE,
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  sockets.splice(0).forEach(socket => socket.destroy());
  logged.length = 0;
});
afterAll(async () => {
  server.close();
  await office.open.close();
});

type Half = {
  readonly said: () => string;
  readonly closed: Promise<unknown>;
  /** Closes the connection once what was sent has arrived. */
  readonly leave: () => void;
};

/** A connection on which this much is sent and then nothing more. */
function half(head: string, body?: Buffer): Half {
  const socket = connect(portOf(server), '127.0.0.1');
  sockets.push(socket);
  let said = '';
  socket.on('data', part => (said += String(part)));
  // A caller who is cut off while sending gets a network error.
  socket.on('error', () => undefined);
  const closed = once(socket, 'close');
  socket.write(head);
  if (body) socket.write(body);
  return { said: () => said, closed, leave: () => socket.end(() => socket.destroy()) };
}
const manyHalves = (head: string, body?: Buffer): readonly Half[] =>
  Array.from({ length: MANY }, () => half(head, body));
const tokenOf = (who: number): Promise<string> =>
  signed(claimsOf(office.world, who), office.world.crm.integration.secret);
const headOf = async (line: string, who: number | null): Promise<string> =>
  [
    `${line} HTTP/1.1`,
    'Host: server.invalid',
    `Origin: ${office.world.crm.account.origin}`,
    ...(who === null ? [] : [`X-Auth-Token: ${await tokenOf(who)}`]),
    'Content-Type: application/json',
    // More than is ever sent.
    `Content-Length: ${LARGE_BYTES * 2}`,
    '\r\n',
  ].join('\r\n');
/** The status of an ordinary request. */
async function statusFor(who: number): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${portOf(server)}/connection`, {
    headers: {
      Connection: 'close',
      Origin: office.world.crm.account.origin,
      'X-Auth-Token': await tokenOf(who),
    },
  });
  return answer.status;
}

describe('endless request bodies', () => {
  it.each([
    ['from strangers', 'POST /v3/users', null, LARGE_BYTES, 60],
    ['from a seller', 'POST /v3/iframe', SELLER_A, USUAL_BYTES, 60],
    ['from an administrator', 'POST /v3/users', ADMIN, LARGE_BYTES, 80],
  ] as const)(
    '%s are cut off in time and use little memory until then',
    async (_whose, line, who, bytes, most) => {
      const before = usedBytes();
      const started = performance.now();
      const halves = manyHalves(await headOf(line, who), Buffer.alloc(bytes, '['));
      let peak = 0;
      let isOver = false;
      const ended = Promise.all(halves.map(({ closed }) => closed)).then(() => (isOver = true));
      const others = new Set<number>();
      const look = async (): Promise<boolean> => {
        others.add(await statusFor(SELLER_B));
        peak = Math.max(peak, usedBytes() - before);
        return isOver;
      };
      await expect.poll(look, { interval: 300, timeout: 50_000 }).toBe(true);
      await ended;
      expect(peak).toBeLessThan(most * MEGABYTE);
      expect(performance.now() - started).toBeLessThan(PATIENCE.requestMilliseconds * 4);
      expect(others).toEqual(new Set([200]));
      expect(logged.filter(({ event }) => event === 'defect')).toEqual([]);
    },
  );
});

describe('a request body that breaks off', () => {
  /** The cookie of a browser that has come back from the chat service to the question. */
  async function cookie(): Promise<string> {
    const { journeys, open } = office;
    const { id: accountId } = await open.database
      .selectFrom('account')
      .select('id')
      .executeTakeFirstOrThrow();
    const traveller = { accountId, employeeId: String(ADMIN), language: 'en', purpose: 'connect' } as const;
    const id = await journeys.begin(traveller);
    const secret = (await journeys.open(id))?.secret ?? '';
    const journey = await journeys.of(id, secret);
    if (!journey) throw new Error('The browser is on its way');
    await journeys.bring(journey, { key: 'a key', keyKind: 'v3', channels: [] });
    return `Cookie: journey=${id}.${secret}\r\n`;
  }
  async function hook(): Promise<string> {
    const { id } = await office.open.database.selectFrom('account').select('id').executeTakeFirstOrThrow();
    await office.following.subscriptions.keep(id, new AbortController().signal);
    const [subscribed] = office.world.crm.hooks.all();
    return new URL(subscribed?.destination ?? '').pathname;
  }

  it.each([
    ['/connect/answer', 'POST'],
    ['/hooks/amocrm', 'POST'],
    ['/connection', 'PUT'],
    ['/connection/look', 'POST'],
    ['/connection/journey', 'POST'],
    ['/own-settings', 'PUT'],
    ['/settings', 'PATCH'],
    ['/claims', 'POST'],
    ['/claims/told', 'POST'],
    ['/clients/changed', 'POST'],
    ['/v3/message', 'POST'],
  ])('is answered as the client’s error, not logged as a defect of the server (%s)', async (path, method) => {
    const at = path === '/hooks/amocrm' ? await hook() : path;
    const head = await headOf(`${method} ${at}`, path.startsWith('/connect/') ? null : ADMIN);
    const more = `If-Match: "1"\r\n${path === '/connect/answer' ? await cookie() : ''}`;
    const { closed, leave } = half(head.replace('\r\n', `\r\n${more}`), Buffer.from('answer=yes'));
    leave();
    await closed;
    await expect
      .poll(() => logged, { timeout: 5000 })
      .toContainEqual(expect.objectContaining({ status: 408 }));
    expect(logged.filter(({ event }) => event === 'defect')).toEqual([]);
  });
});

describe('endless request headers', () => {
  it('are cut off with a 408 while other requests are answered', async () => {
    const started = performance.now();
    const halves = manyHalves('POST /connection HTTP/1.1\r\nHost: server.invalid\r\nX-Auth-Token: ey');
    expect(await statusFor(SELLER_B)).toBe(200);
    await Promise.all(halves.map(({ closed }) => closed));
    expect(performance.now() - started).toBeLessThan(PATIENCE.requestMilliseconds * 4);
    expect(new Set(halves.map(({ said }) => said().split('\r\n')[0]))).toEqual(
      new Set(['HTTP/1.1 408 Request Timeout']),
    );
    expect(logged.filter(({ event }) => event === 'defect')).toEqual([]);
  });
});
