/**
 * One answer of the emulated outside world, for any mount: first the disturbance that waits for the request, then the
 * handlers. Unhandled requests are recorded in `world.unhandledRequests`, where tests find them.
 */
import { getResponse, type RequestHandler } from 'msw';
import type { AnswerFault, ConnectionFault, Disturbance } from '../world/disturbances.ts';
import type { World } from '../world/world.ts';
import { garbled, refused } from './faults.ts';
import { dated, isForCrm } from './for-crm.ts';
import { isForPipedrive } from './pipedrive/zone.ts';
import { repeated } from './repeated.ts';

/** `lost`: never answered. `cut`: the connection is reset. */
export type Answer = Response | 'lost' | 'cut';

const SLOW_MILLISECONDS = 3000;
const CONNECTION_FAULTS: ReadonlySet<string> = new Set<ConnectionFault>([
  'slow',
  'slow-answer',
  'lost-before',
  'lost-after',
  'cut',
  'late',
  'twice',
]);

/** Takes a waiting disturbance, carries it out, and asks the handlers for the rest. */
export async function answer(
  world: World,
  handlers: readonly RequestHandler[],
  request: Request,
): Promise<Answer> {
  const { pathname } = new URL(request.url);
  if (pathname === '/favicon.ico' || pathname.startsWith('/.well-known/'))
    return new Response(null, { status: 404 });

  const answered = await answerDisturbed(world, handlers, request);
  const isDated = isForCrm(request) || isForPipedrive(request);
  return typeof answered === 'string' || !isDated ? answered : dated(answered, world.clock);
}

async function answerDisturbed(
  world: World,
  handlers: readonly RequestHandler[],
  request: Request,
): Promise<Answer> {
  const handled = (): Promise<Answer> => answerUndisturbed(world, handlers, request);
  const handledLater = async (kept: Request, milliseconds: number): Promise<void> => {
    await world.clock.wait(milliseconds);
    await answerUndisturbed(world, handlers, kept);
  };
  // A preflight is sent by the browser itself, so disturbances do not apply to it.
  const happens = request.method === 'OPTIONS' ? undefined : world.disturbances.take(request, suits(request));
  switch (happens) {
    case undefined:
      return handled();
    case 'slow':
      await world.clock.wait(SLOW_MILLISECONDS);
      return handled();
    case 'slow-answer': {
      const answered = await handled();
      await world.clock.wait(SLOW_MILLISECONDS);
      return answered;
    }
    case 'lost-before':
      return 'lost';
    case 'lost-after':
      await handled();
      return 'lost';
    case 'cut':
      return 'cut';
    case 'late':
      void handledLater(await detached(request), world.oddities.lateMs);
      return 'lost';
    case 'twice': {
      const again = await detached(request);
      void handledLater(again.clone(), world.oddities.twiceMs);
      return answerUndisturbed(world, handlers, again);
    }
    case 'broken-json':
    case 'wrong-shape':
      return garbled(happens, await handled());
    case 'repeated':
      return repeated(request, await handled(), before => answerUndisturbed(world, handlers, before));
    case 'too-many':
    case 'too-many-html':
    case 'unpaid':
    case 'address-not-allowed':
    case 'no-rights-244':
    case 'forbidden-json':
    case 'forbidden-html':
    case 'unauthorized':
    case 'server-error':
      return refused(happens, request, world.oddities);
    default:
      await happens();
      world.changed();
      return handled();
  }
}

/** A copy of the request with its body read, so that it can be carried out after the client has disconnected. */
async function detached(request: Request): Promise<Request> {
  const { url, method, headers } = request;
  const body = await request.arrayBuffer();
  return new Request(url, { method, headers, ...(body.byteLength > 0 && { body }) });
}

/**
 * A request with a one-time token is addressed to the gateway. Faults of the chat service wait for the gateway's own
 * request, so that the test covers the gateway's handling too.
 */
function suits(request: Request): (happens: Disturbance['happens']) => boolean {
  const toGateway = request.headers.has('X-Auth-Token');
  return happens => typeof happens === 'function' || !toGateway || !isAnswerFault(happens);
}

const isAnswerFault = (happens: string): happens is AnswerFault => !CONNECTION_FAULTS.has(happens);

async function answerUndisturbed(
  world: World,
  handlers: readonly RequestHandler[],
  request: Request,
): Promise<Answer> {
  const response = await getResponse([...handlers], request);
  if (response) return response.type === 'error' ? 'cut' : response;
  world.unhandledRequests.push(`${request.method} ${request.url}`);
  return new Response('Nobody answers this request', { status: 501 });
}
