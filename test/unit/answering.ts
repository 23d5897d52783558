/** An HTTP client that gets this body from everywhere: for what no emulated service answers by itself. */
import { safeParse } from 'valibot';
import type { Client, Request } from '../../widget/http/client.ts';
import { Failure } from '../../widget/http/failure.ts';

function read<T>(schema: Request<T>['schema'], body: unknown): T | null {
  if (!schema) return null;
  const { success, output } = safeParse(schema, body);
  if (!success) throw new Failure('unreadable', 'crm');
  return output;
}

export const answering =
  (body: unknown, headers: Readonly<Record<string, string>> = {}): Client =>
  async ({ schema }) => ({
    value: read(schema, body),
    header: name => headers[name.toLowerCase()] ?? null,
  });

/** One body after the other, whatever is asked; `null` for an answer without one, as also behind the last. Counts itself. */
export function answeringInTurn(...bodies: readonly unknown[]): {
  readonly ask: Client;
  readonly count: () => number;
} {
  let asked = 0;
  return {
    count: () => asked,
    async ask({ schema }) {
      const body = bodies[asked] ?? null;
      asked += 1;
      return { value: body === null ? null : read(schema, body), header: () => null };
    },
  };
}
