/**
 * What Pipedrive tells a frame in its address. Only the id of the record is used from it: who asks is told by the signed
 * token, and whether they may see the record is told by the CRM.
 */

export type Shown =
  /** `dealId`: the person was chosen from the people of that deal. */
  | { readonly kind: 'person'; readonly id: string; readonly dealId?: string }
  | { readonly kind: 'deal'; readonly id: string }
  /** An organization, several records, or none: nobody's client. */
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
