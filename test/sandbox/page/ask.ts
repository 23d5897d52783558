/** The page's own requests to its server, as opposed to the CRM's public API for widgets. */
import * as v from 'valibot';

export class Refused extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`The server answered ${status}`);
    this.status = status;
  }
}

export async function ask<Schema extends v.GenericSchema>(
  address: string,
  schema: Schema,
  body?: unknown,
): Promise<v.InferOutput<Schema>> {
  const response = await fetch(
    address,
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  );
  if (!response.ok) throw new Refused(response.status);
  return v.parse(schema, await response.json());
}
