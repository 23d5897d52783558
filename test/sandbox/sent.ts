/**
 * Sends the emulated services' outgoing requests: names under localhost lead to this sandbox, although the computer
 * does not resolve them.
 */
import type { Answer } from '../mocks/answer.ts';

export async function sent(
  request: Request,
  port: number,
  route: (request: Request) => Promise<Answer>,
): Promise<Response> {
  const { hostname, port: asked } = new URL(request.url);
  if (!hostname.endsWith('.localhost') || asked !== String(port)) return fetch(request);
  const answered = await route(request);
  if (typeof answered === 'string') throw new Error(`The connection was ${answered}`);
  return answered;
}
