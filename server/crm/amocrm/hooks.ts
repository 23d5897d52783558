/** Subscriptions of amoCRM and Kommo. They sign nothing, so an account is known by an address that nobody else knows. */
import * as v from 'valibot';
import type { CrmApi } from '../api.ts';
import type { CrmHooks } from '../hooks.ts';
import { hookBodyIn } from './hook-body.ts';

/** What changes whose client somebody is, and by which numbers they are known. */
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
    // An account that has just been answered is paid for: it is its plan that has no hooks.
    if (made.kind === 'refused' || made.kind === 'unpaid') return 'refused';
    return made.kind === 'answered' ? 'kept' : 'later';
  },
});
