/** Subscriptions of amoCRM and Kommo. Their calls are not signed, so each account has a secret address. */
import * as v from 'valibot';
import type { CrmApi } from '../api.ts';
import type { CrmHooks } from '../hooks.ts';
import { hookBodyIn } from './hook-body.ts';

/** The events that may change a client's owner or phone numbers. */
const SETTINGS = [
  'add_contact',
  'update_contact',
  'delete_contact',
  'restore_contact',
  'responsible_contact',
  'add_lead',
  'update_lead',
  'delete_lead',
  'restore_lead',
  'responsible_lead',
  'status_lead',
];

const listed = v.object({
  _embedded: v.object({
    webhooks: v.array(
      v.object({ destination: v.string(), disabled: v.boolean(), settings: v.array(v.string()) }),
    ),
  }),
});

export const hooksThrough = (crm: CrmApi): CrmHooks => ({
  bodyIn: hookBodyIn,
  admits: () => true,
  async keep(accountId, destination, leaving) {
    const query = new URLSearchParams({ 'filter[destination]': destination });
    const found = await crm.ask(accountId, `webhooks?${query}`, leaving);
    if (found.kind !== 'answered' && found.kind !== 'refused') return 'later';
    const { success, output } = v.safeParse(listed, found.kind === 'answered' ? found.json : null);
    const hook = success ? output._embedded.webhooks.find(one => one.destination === destination) : undefined;
    if (hook && !hook.disabled && SETTINGS.every(setting => hook.settings.includes(setting))) return 'kept';
    const body = { destination, settings: SETTINGS };
    const made = await crm.ask(accountId, { path: 'webhooks', method: 'POST', body }, leaving);
    // The account has just been answered, so it is paid for, and its plan has no hooks.
    if (made.kind === 'refused' || made.kind === 'unpaid') return 'refused';
    return made.kind === 'answered' ? 'kept' : 'later';
  },
});
