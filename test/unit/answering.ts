/** An HTTP client that always gets this body, for answers that no emulated service gives by itself. */
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

/** Answers with one body after the other, and `null` for no body, also after the last one. Counts its requests. */
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
