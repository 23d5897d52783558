import { contactsThrough } from '../../../../widget/host/amocrm/contacts.ts';
import { dealsThrough } from '../../../../widget/host/amocrm/deals.ts';
import type { Client } from '../../../../widget/http/client.ts';
import type { HostRecords } from '../../../../widget/host/host.ts';

/** The deals adapter with given answers, together with the contacts that they name. */
export const dealsOver = (ask: Client): Pick<HostRecords, 'dealsOf' | 'clientsOf'> =>
  dealsThrough(ask, '', contactsThrough(ask, '').contacts);
