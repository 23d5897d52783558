/** The widget's own clients of both services, as the person who is logged in to the stage. */
import { wazzupChat } from '../../widget/chat/wazzup/chat.ts';
import type { Chat } from '../../widget/chat/chat.ts';
import { amocrmRecords } from '../../widget/host/amocrm/records.ts';
import type { HostRecords } from '../../widget/host/host.ts';
import type { World } from '../world/world.ts';

export function servicesOf({ crm, options }: World): { readonly records: HostRecords; readonly chat: Chat } {
  const records = amocrmRecords({ origin: options.crmOrigin, integrationId: crm.integration.uuid });
  return { records, chat: wazzupChat({ gateway: options.gatewayOrigin, proof: records.proof }) };
}
