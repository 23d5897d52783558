/** An HTTP client that gets this body from everywhere: for what no emulated service answers by itself. */
import { parse } from 'valibot';
import type { Client } from '../../widget/http/client.ts';

export const answering =
  (body: unknown): Client =>
  async ({ schema }) => ({ value: schema ? parse(schema, body) : null, header: () => null });
