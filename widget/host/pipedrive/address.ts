/**
 * What Pipedrive writes into a frame's address. Only the id of the record is used. The signed token says who asks, and the
 * CRM says whether they may see the record.
 */

export type Shown =
  /** `dealId`: the person was chosen from the people of that deal. */
  | { readonly kind: 'person'; readonly id: string; readonly dealId?: string }
  | { readonly kind: 'deal'; readonly id: string }
  /** An organization, several records, or no record, so no client. */
  | { readonly kind: 'other' };

export function shownIn(search: string): Shown {
  const query = new URLSearchParams(search);
  const resource = query.get('resource');
  const id = query.get('selectedIds') ?? '';
  if ((resource !== 'person' && resource !== 'deal') || !/^[1-9]\d*$/.test(id)) return { kind: 'other' };
  return { kind: resource, id };
}

export const themeIn = (search: string): 'light' | 'dark' =>
  new URLSearchParams(search).get('theme') === 'dark' ? 'dark' : 'light';
