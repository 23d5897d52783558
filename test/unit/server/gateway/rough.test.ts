/** Requests and answers that could bring the gateway down, from a caller with a valid token or from the chat service. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { handle } from '../../../../server/gateway/handle.ts';
import { createAppServer } from '../../../../server/node/server.ts';
import { portOf } from '../../../mocks/http.ts';
import { outcomeOf } from '../../../support/outcome.ts';
import { officeForEachTest, requestFor, tokenOf } from './office.ts';
import { ADMIN } from '../../../world/people.ts';

const office = officeForEachTest();

const opened: Server[] = [];
afterEach(() => {
  for (const server of opened.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function listening(server: Server): Promise<number> {
  opened.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  return portOf(server);
}

/** A chat service that misbehaves. */
async function rough(answer: (incoming: IncomingMessage, outgoing: ServerResponse) => void): Promise<string> {
  return `http://127.0.0.1:${await listening(createServer(answer))}`;
}

/** Asks through real sockets, which nothing intercepts. */
async function askedOf(service: string, route: string, body?: unknown): Promise<Response> {
  const config = office.configured({ api: service, settings: service });
  const token = await tokenOf(office.stage, ADMIN);
  office.stage.close();
  return handle(requestFor(route, { 'X-Auth-Token': token, 'If-Match': '*' }, body), config);
}

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

describe('JSON', () => {
  it.each(['POST /v3/users', 'POST /clients/changed', 'PATCH /settings'])(
    'that is nested too deeply is refused by %s, and the page can read why',
    async route => {
      const { origin } = office.stage.world.crm.account;
      const headers = { Origin: origin, 'If-Match': '*' };
      const answer = await office.ask('admin', route, { body: `{"userRoles":${nested(6000)}}`, headers });
      expect(await outcomeOf(answer)).toEqual([400, 'BODY_INVALID']);
      expect(answer.headers.get('Access-Control-Allow-Origin')).toBe(origin);
      expect(office.stage.upstream).toEqual([]);
    },
  );

  it.each([
    ['POST /v3/users', [{ id: '8002', name: 'a\u0000' }]],
    ['POST /v3/users', [{ id: '8002', name: 'a\ud800' }]],
    ['PATCH /settings', { userRoles: [{ channelId: 'a\u0000', userId: '8002', role: 'seller' }] }],
  ])('with a character that no database accepts is refused by %s', async (route, body) => {
    const answer = await office.ask('admin', route, { body, headers: { 'If-Match': '*' } });
    expect(await outcomeOf(answer)).toEqual([400, 'BODY_INVALID']);
    expect(office.stage.upstream).toEqual([]);
  });

  it('may have brackets and quotes in its texts', async () => {
    const name = `"\\${'['.repeat(100)}`;
    await office.ask('admin', 'POST /v3/users', { body: [{ id: '8002', name }] });
    expect(office.stage.world.chat.users.get('8002')).toEqual({ id: '8002', name });
  });

  it('from the service that is nested too deeply is not read', async () => {
    const service = await rough((_incoming, outgoing) => outgoing.end(`{"userRoles":${nested(6000)}}`));
    expect(await outcomeOf(await askedOf(service, 'GET /settings'))).toEqual([502, 'SERVICE_UNREADABLE']);
  });
});

describe('the chat service', () => {
  it.each([301, 302, 307, 308])('that answers %i does not redirect the gateway', async status => {
    const reached: string[] = [];
    const elsewhere = await rough((incoming, outgoing) => {
      reached.push(`${incoming.method} ${incoming.headers.authorization}`);
      outgoing.end('{}');
    });
    const service = await rough((_incoming, outgoing) =>
      outgoing.writeHead(status, { Location: `${elsewhere}/v3/users` }).end(),
    );
    const answer = await askedOf(service, 'POST /v3/users', [{ id: '8002', name: 'Adam' }]);
    expect(await outcomeOf(answer)).toEqual([502, 'SERVICE_UNREADABLE']);
    expect(reached).toEqual([]);
  });

  it('cannot make the gateway read an endless answer', async () => {
    const megabyte = gzipSync(Buffer.alloc(1_000_000, ' '));
    let sent = 0;
    const service = await rough((_incoming, outgoing) => {
      outgoing.writeHead(200, { 'Content-Encoding': 'gzip' });
      const more = (): void => {
        for (; sent < 300 && !outgoing.destroyed; sent += 1) if (!outgoing.write(megabyte)) break;
        if (sent < 300) outgoing.once('drain', more);
        else outgoing.end();
      };
      more();
    });
    const before = process.memoryUsage().arrayBuffers;
    const answer = await askedOf(service, 'GET /v3/channels');
    expect(await outcomeOf(answer)).toEqual([502, 'SERVICE_UNREADABLE']);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64_000_000);
  });
});

describe('a port', () => {
  const served = async (): Promise<number> =>
    listening(
      createAppServer((request, heard) => handle(request, { ...office.config, ...heard }), {
        isReady: async () => true,
        proxies: 0,
        log: () => undefined,
      }),
    );

  /** What a socket gets for these bytes, until the head of the answer is complete. */
  async function said(port: number, bytes: string): Promise<string> {
    const socket = connect(port, '127.0.0.1');
    socket.write(bytes);
    let text = '';
    for await (const part of socket) {
      text += String(part);
      if (text.includes('\r\n\r\n')) break;
    }
    return text;
  }

  it.each(['TRACE', 'PROPFIND', 'M-SEARCH'])('answers %s with a refusal', async method => {
    const text = await said(await served(), `${method} /v3/users HTTP/1.1\r\nHost: x\r\n\r\n`);
    expect(text).toMatch(/^HTTP\/1\.1 401 /);
  });

  it('does not read the body of a caller without a token', async () => {
    const head = 'POST /v3/users HTTP/1.1\r\nHost: x\r\nContent-Length: 4000000\r\n\r\n[';
    expect(await said(await served(), head)).toMatch(/^HTTP\/1\.1 401 /);
  });

  it.each(['GET /%00', 'GET /%E0%A4%A', 'GET //', 'GET /v3/contacts/%2e%2e%2fusers', 'OPTIONS *'])(
    'still works after %s',
    async start => {
      const port = await served();
      expect(await said(port, `${start} HTTP/1.1\r\nHost: x\r\n\r\n`)).toMatch(/^HTTP\/1\.1 4\d\d /);
      expect(await said(port, 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 /);
    },
  );
});
