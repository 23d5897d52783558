/**
 * What all records of Pipedrive have in common. The reference names most fields, but does not say how they look when they
 * are empty. So a field that is not required may be missing or of another type.
 */
import { nullish, type GenericSchema } from 'valibot';
import type { Answer, Client, Query } from '../../http/client.ts';
import { distinct } from '../../http/distinct.ts';
import { Failure } from '../../http/failure.ts';
import { words } from '../../http/fields.ts';
import { envelope, listed, type Listed } from '../../http/listed.ts';
import { object } from '../../http/object.ts';

type Asked = { readonly path: string; readonly query?: Query; readonly signal?: AbortSignal | undefined };

/** One record. */
export async function readOne<T>(
  ask: Client,
  item: GenericSchema<unknown, T>,
  asked: Asked,
): Promise<{ readonly record: T; readonly header: Answer<T>['header'] }> {
  const { value, header } = await ask({ method: 'GET', ...asked, schema: object({ data: item }) });
  if (!value) throw new Failure('missing', 'crm');
  return { record: value.data, header };
}

/** For a record that I may not see, the CRM answers "forbidden" or "missing". Both become `missing`. */
export function hidden(thrown: unknown): never {
  if (thrown instanceof Failure && thrown.code === 'forbidden')
    throw new Failure('missing', 'crm', { cause: thrown });
  throw thrown;
}

const page = <T>(item: GenericSchema<unknown, T>) =>
  envelope({
    data: listed(item),
    additional_data: nullish(object({ next_cursor: words }), {}),
  });

/** Reads a list page by page, at most `most` pages. `isEnough` ends it early. */
export async function readList<T extends { readonly id: string }>(
  ask: Client,
  item: GenericSchema<unknown, T>,
  asked: Asked,
  most = 1,
  isEnough: (part: readonly T[]) => boolean = () => false,
): Promise<Listed<T> & Pick<Answer<T>, 'header'>> {
  const items: T[] = [];
  let notUnderstood = 0;
  let cursor = '';
  for (let part = 1; ; part += 1) {
    const query = { ...asked.query, ...(cursor === '' ? {} : { cursor }) };
    const { value, header } = await ask({ method: 'GET', ...asked, query, schema: page(item) });
    const came = value?.data ?? { items: [], notUnderstood: 0 };
    items.push(...came.items);
    notUnderstood += came.notUnderstood;
    const next = value?.additional_data.next_cursor ?? '';
    if (next === '' || next === cursor || part >= most || isEnough(came.items))
      return { items: distinct(items, one => one.id), notUnderstood, header };
    cursor = next;
  }
}
