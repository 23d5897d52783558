/** The widget's own clients of all services, as the person logged in to the stage. */
import type { ClientsServer, HistoryServer, LeavingServer, OwnServer } from '../../widget/account/account.ts';
import { clientsServer } from '../../widget/account/clients.ts';
import { historyServer } from '../../widget/account/history.ts';
import { leavingServer } from '../../widget/account/leaving.ts';
import { ownServer } from '../../widget/account/server.ts';
import { wazzupChat } from '../../widget/chat/wazzup/chat.ts';
import type { Chat } from '../../widget/chat/chat.ts';
import { amocrmRecords } from '../../widget/host/amocrm/records.ts';
import type { HostRecords } from '../../widget/host/host.ts';
import type { World } from '../world/world.ts';

export function servicesOf({ crm, options }: World): {
  readonly records: HostRecords;
  readonly chat: Chat;
  readonly server: OwnServer;
  readonly clients: ClientsServer;
  readonly leaving: LeavingServer;
  readonly history: HistoryServer;
} {
  const records = amocrmRecords({ origin: options.crmOrigin, integrationId: crm.integration.uuid });
  const reached = { gateway: options.gatewayOrigin, proof: records.proof };
  return {
    records,
    chat: wazzupChat(reached),
    server: ownServer(reached),
    clients: clientsServer(reached),
    leaving: leavingServer(reached),
    history: historyServer(reached),
  };
}
