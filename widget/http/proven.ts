import type { Answer, Client, Request } from './client.ts';
import { Failure } from './failure.ts';

/**
 * Adds a signed proof of the caller's identity. An invalid proof is refused before anything is done, so one retry with
 * a new proof repeats nothing. `onAnswer` sees each answer before it is passed on.
 */
export function proven(
  ask: Client,
  proof: (refused?: string) => Promise<string>,
  onAnswer?: (header: Answer<unknown>['header']) => Promise<void>,
): Client {
  const withToken = async <T>(request: Request<T>, token: string): Promise<Answer<T>> => {
    const answer = await ask({ ...request, headers: { ...request.headers, 'X-Auth-Token': token } });
    await onAnswer?.(answer.header);
    return answer;
  };
  return async request => {
    const token = await proof();
    try {
      return await withToken(request, token);
    } catch (thrown) {
      if (!(thrown instanceof Failure) || thrown.code !== 'signed-out') throw thrown;
      return withToken(request, await proof(token));
    }
  };
}
