import { escapeHtml } from '../escape.ts';
import type { HostApp } from './host-app.ts';

/** A widget's description, which may contain placeholders for the account and the user. Unknown placeholders stay. */
export function describedFor(app: HostApp, text: string): string {
  const read = (constant: string, name: string): string =>
    String(Reflect.get(Object(app.constant(constant)), name));
  const values: ReadonlyMap<string, string> = new Map([
    ['HOST', location.host],
    ['SUBDOMAIN', read('account', 'subdomain')],
    ['LOGIN', read('user', 'login')],
    ['ACCOUNT_ID', read('account', 'id')],
    ['USER_ID', read('user', 'id')],
    ['TOP_LEVEL_DOMAIN', read('account', 'top_level_domain')],
  ]);
  return text.replace(/#([A-Z_]+)#/g, (tag, name: string) => escapeHtml(values.get(name) ?? tag));
}
