import { createServer, type RequestListener } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it } from 'vitest';
import { exchange, Late, type Bounds } from '../../../../server/http/exchange.ts';
import { NotSent } from '../../../../server/http/fetch.ts';
import { Refused } from '../../../../server/http/refusal.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const BOUNDS: Bounds = { milliseconds: 10_000, bytes: 100, unreadable: 'SERVICE_UNREADABLE' };

describe('an exchange with another machine', () => {
  const stops: (() => void)[] = [];
  afterEach(() => stops.splice(0).forEach(stop => stop()));

  function listening(answer: RequestListener): Promise<string> {
    const server = createServer(answer);
    stops.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return new Promise(resolve =>
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(`http://127.0.0.1:${typeof address === 'string' ? '' : address?.port}/`);
      }),
    );
  }
  const asking = (address: string, bounds: Partial<Bounds> = {}) =>
    exchange(request => fetch(request), address, {}, { ...BOUNDS, ...bounds });
  /** Collects garbage again and again until the work has ended. */
  async function whileCollecting<T>(work: Promise<T>): Promise<T> {
    const collecting = setInterval(collectGarbage, 20);
    return work.finally(() => clearInterval(collecting));
  }

  it('returns the whole answer', async () => {
    const address = await listening((_, answer) => answer.writeHead(404).end('nobody'));
    expect(await asking(address)).toMatchObject({ status: 404, ok: false, text: 'nobody' });
  });

  it('times out even if its objects are garbage collected, before the answer and in its middle', async () => {
    const silent = await listening(() => undefined);
    const halting = await listening((_, answer) => answer.write('half'));
    for (const address of [silent, halting]) {
      const ended = whileCollecting(asking(address, { milliseconds: 200 }));
      await expect(ended).rejects.toBeInstanceOf(Late);
    }
  });

  it('times out even if only the pending answer refers to the request', async () => {
    const never = (request: Request): Promise<Response> =>
      new Promise((_, reject) => request.signal.addEventListener('abort', () => reject(new Error('Left'))));
    const asked = exchange(never, 'http://crm.invalid/', {}, { ...BOUNDS, milliseconds: 200 });
    await expect(whileCollecting(asked)).rejects.toBeInstanceOf(Late);
  });

  it('ends when the caller aborts, also before it starts', async () => {
    const leaving = new AbortController();
    const silent = await listening(() => {
      collectGarbage();
      leaving.abort();
    });
    await expect(asking(silent, { patience: leaving.signal })).rejects.toBeInstanceOf(Late);
    await expect(asking(silent, { patience: leaving.signal })).rejects.toBeInstanceOf(Late);
  });

  it('does not follow redirects', async () => {
    const asked: string[] = [];
    const elsewhere = await listening(({ url = '' }, answer) => {
      asked.push(url);
      answer.end('the key, please');
    });
    const address = await listening((_, answer) => answer.writeHead(307, { Location: elsewhere }).end());
    await expect(asking(address)).rejects.toMatchObject({ code: 'SERVICE_UNREADABLE' });
    expect(asked).toEqual([]);
  });

  it('stops reading an answer that is too long, and closes its connection', async () => {
    let closed = (): void => undefined;
    const isClosed = new Promise<void>(resolve => (closed = resolve));
    const address = await listening((request, answer) => {
      request.socket.on('close', closed);
      answer.write('x'.repeat(101));
    });
    await expect(asking(address)).rejects.toBeInstanceOf(Refused);
    await isClosed;
  });

  it('reports a request that was never sent as such', async () => {
    const leaving = new AbortController();
    leaving.abort();
    const notSent = () => Promise.reject(new NotSent('Too much is asked'));
    const asked = exchange(notSent, 'http://127.0.0.1/', {}, { ...BOUNDS, patience: leaving.signal });
    await expect(asked).rejects.toBeInstanceOf(NotSent);
  });
});
