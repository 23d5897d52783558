/**
 * One answer of the emulated outside world, whichever way it is mounted: first the accident that waits for
 * the request, then the handlers. What nobody answers is kept in `world.strays`, where a test finds it.
 */
import { getResponse, type RequestHandler } from 'msw';
import type { AnswerFault, ConnectionFault, Disturbance } from '../world/disturbances.ts';
import type { World } from '../world/world.ts';
import { garbled, refused } from './faults.ts';
import { dated, isForCrm } from './for-crm.ts';
import { isForPipedrive } from './pipedrive/zone.ts';
import { repeated } from './repeated.ts';

/** `lost`: no answer ever comes. `cut`: the connection is reset. */
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

/** Looks for a waiting disturbance, lets it happen, and asks the handlers for what is left to answer. */
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
  // A preflight is the browser's own question, not one that a test would name.
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

/** The same request, read to its end, so that it can be carried out when the client has left. */
async function detached(request: Request): Promise<Request> {
  const { url, method, headers } = request;
  const body = await request.arrayBuffer();
  return new Request(url, { method, headers, ...(body.byteLength > 0 && { body }) });
}

/**
 * A request with a one-time token is on its way to the gateway. What the chat service answers badly waits
 * for the gateway's own request, so that the gateway's part in it is seen as well.
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
  world.strays.push(`${request.method} ${request.url}`);
  return new Response('Nobody answers this request', { status: 501 });
}
