/**
 * Which clients and deals a hook of amoCRM or Kommo is about. The body is a form with PHP-style brackets, its contacts include
 * companies, and some of the CRM's own samples name no account.
 */
import type { HookBody } from '../hooks.ts';

type Item = { readonly kind: string; id?: string; isCompany?: boolean };

const KINDS: Readonly<Record<string, string>> = { contacts: 'contact', leads: 'deal' };
const FIELD =
  /^(contacts|leads)\[(?:add|update|delete|restore|responsible|status|note)\]\[(\d{1,6})\]\[(id|type)\]$/;
const ID = /^\d{1,18}$/;

export function hookBodyIn(text: string): HookBody {
  const items = new Map<string, Item>();
  let accountId: string | null = null;
  for (const [name, value] of new URLSearchParams(text)) {
    if (name === 'account[id]') accountId = value;
    const [, entity = '', , field] = FIELD.exec(name) ?? [];
    const kind = KINDS[entity];
    if (kind === undefined) continue;
    const key = name.slice(0, name.lastIndexOf('['));
    const item: Item = items.get(key) ?? { kind };
    if (field === 'id' && ID.test(value)) item.id = value;
    if (field === 'type' && value === 'company') item.isCompany = true;
    items.set(key, item);
  }
  const names = [...items.values()].flatMap(({ kind, id, isCompany }) =>
    id === undefined || isCompany === true ? [] : `${kind} ${id}`,
  );
  return { names: [...new Set(names)], employees: [], changes: [], accountId };
}
