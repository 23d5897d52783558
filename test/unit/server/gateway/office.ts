/** An office for the gateway's tests: people with roles, who ask the gateway. */
import { afterEach, beforeEach } from 'vitest';
import type { GatewayConfig } from '../../../../server/gateway/config.ts';
import { handle } from '../../../../server/gateway/handle.ts';
import type { UserRole, WireRole } from '../../../world/chat.ts';
import { standingClock } from '../../../world/clock.ts';
import { ADMIN, HEAD_OF_SALES, NOBODY, SELLER_A, SELLER_B } from '../../../world/people.ts';
import { SALES_CHANNEL, type World } from '../../../world/world.ts';
import { gatewayConfigFor, type ConfigOverrides } from '../../../mocks/gateway-config.ts';
import { stageInNode, type NodeStage } from '../../../mocks/node.ts';
import { told, tokenAnswer } from '../../told.ts';

/** The admin and the fifth employee have no role. */
export const PEOPLE = {
  admin: ADMIN,
  seller: SELLER_A,
  supervisor: HEAD_OF_SALES,
  auditor: SELLER_B,
  roleless: NOBODY,
} as const;
export type Person = keyof typeof PEOPLE;

export const roleRow = (userId: number, role: WireRole): UserRole => ({
  channelId: SALES_CHANNEL,
  userId: String(userId),
  role,
  allowGetNewClients: false,
});

type Asking = {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** Replaces the office's own configuration. */
  readonly config?: GatewayConfig;
};
export type Office = {
  readonly stage: NodeStage;
  /** The configuration of a gateway with a partner's key. */
  readonly config: GatewayConfig;
  readonly configured: (overrides: ConfigOverrides) => GatewayConfig;
  /** Asks the gateway as this person, with a token that the emulated CRM has just issued. */
  readonly ask: (who: Person, route: string, asking?: Asking) => Promise<Response>;
};

/** Opens a new office before each test of the file, and closes it afterwards. */
export function officeForEachTest(): Office {
  let open: Pick<Office, 'stage' | 'config'> | undefined;
  const opened = (): Pick<Office, 'stage' | 'config'> => {
    if (!open) throw new Error('The office opens before each test');
    return open;
  };
  const office: Office = {
    get stage() {
      return opened().stage;
    },
    get config() {
      return opened().config;
    },
    configured: overrides => gatewayConfigFor(office.stage.world, overrides),
    ask: async (who, route, { body, headers = {}, config = office.config } = {}) => {
      const token = await tokenOf(office.stage, PEOPLE[who]);
      return handle(requestFor(route, { 'X-Auth-Token': token, ...headers }, body), config);
    },
  };
  beforeEach(() => {
    const stage = stageInNode({ clock: standingClock() });
    seed(stage.world);
    open = { stage, config: gatewayConfigFor(stage.world) };
  });
  afterEach(() => open?.stage.close());
  return office;
}

export function requestFor(route: string, headers: Record<string, string> = {}, body?: unknown): Request {
  const [method = 'GET', path = '/'] = route.split(' ');
  return new Request(`https://gateway.example.com${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

/** A token that the emulated CRM issues to this person. */
export async function tokenOf(stage: NodeStage, person: number): Promise<string> {
  stage.person = person;
  const { account, integration } = stage.world.crm;
  const answer = await fetch(`${account.origin}/ajax/v2/integrations/${integration.uuid}/disposable_token`, {
    headers: { 'X-Requested-With': 'XMLHttpRequest' },
  });
  return (await told(answer, tokenAnswer)).token;
}

/** The ids that `seed` gets from the CRM. */
export const BORIS = { contact: '40001', deal: '40002' };

function seed({ chat, crm }: World): void {
  const boris = crm.addContact('Boris', ['+7 916 000-00-02'], SELLER_A);
  crm.addLead('Windows', [boris.id], SELLER_A);
  chat.settings.userRoles = [
    roleRow(SELLER_A, 'seller'),
    roleRow(HEAD_OF_SALES, 'manager'),
    roleRow(SELLER_B, 'auditor'),
  ];
  chat.contacts.set('c-1', {
    id: 'c-1',
    responsibleUserId: String(SELLER_A),
    name: 'Anna',
    contactData: [{ chatType: 'whatsapp', chatId: '79160000001' }],
  });
  chat.deals.set('d-1', {
    id: 'd-1',
    responsibleUserId: String(SELLER_A),
    name: 'Doors',
    uri: 'https://crm.amocrm.ru/leads/detail/1',
    contacts: ['c-1'],
    closed: false,
  });
}
