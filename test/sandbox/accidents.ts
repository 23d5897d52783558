/** The accidents that the stage bar offers, each applied where it happens in practice. */
import type { Disturbance } from '../world/disturbances.ts';
import { HEAD_OF_SALES, SELLER_A, SELLER_B } from '../world/people.ts';
import { WHOLESALE_CHANNEL, type World } from '../world/world.ts';
import type { SandboxState } from './sandbox-state.ts';
import type { Accident } from './wire/stage.ts';

const API = /\/api\/v4\//;
const CLAIM = /^PATCH \/api\/v4\/contacts/;
const GATEWAY = /^\w+ \/(v3\/|settings)/;
const LISTS = /^GET \/(api\/v4\/(users|contacts|leads|events)|v3\/(users|channels|contacts|deals|templates))/;
/** Longer than the half hour for which a token is valid. */
const TOKEN_OUTLIVED = 31 * 60_000;

const ARRANGED: Record<Accident, (state: SandboxState) => Disturbance> = {
  'claim-refused': () => ({ on: CLAIM, happens: 'no-rights-244', times: 1 }),
  'claim-answer-lost': () => ({ on: CLAIM, happens: 'lost-after', times: 1 }),
  'claim-late': () => ({ on: CLAIM, happens: 'late', times: 1 }),
  'claim-twice': () => ({ on: CLAIM, happens: 'twice', times: 1 }),
  'colleague-faster': state => ({ on: CLAIM, happens: () => colleagueTakes(state), times: 1 }),
  'roles-saved-meanwhile': ({ world }) => ({
    on: /^PATCH \/settings/,
    happens: () => anotherAdminSaves(world),
    times: 1,
  }),
  'too-many-requests': () => ({ on: API, happens: 'too-many', times: 1 }),
  'broken-answer': () => ({ on: API, happens: 'broken-json', times: 1 }),
  slow: () => ({ on: API, happens: 'slow', times: 5 }),
  'token-expired': ({ world }) => ({
    on: GATEWAY,
    happens: () => world.clock.advance(TOKEN_OUTLIVED),
    times: 1,
  }),
  'listed-twice': () => ({ on: LISTS, happens: 'repeated', times: Infinity }),
  'gateway-down': () => ({ on: GATEWAY, happens: 'cut', times: Infinity }),
};

/** Waits for a matching request. `listed-twice` and `gateway-down` last until all accidents are cancelled. */
export function arrange(accident: Accident, state: SandboxState): Disturbance | undefined {
  const { disturbances } = state.world;
  const { on, happens, times } = ARRANGED[accident](state);
  disturbances.add(on, happens, times);
  return disturbances.waiting().at(-1);
}

/** The other seller takes the contact of the claim that is being answered. */
function colleagueTakes({ world, requests }: SandboxState): void {
  const claim = requests.findLast(one => one.to === 'crm' && one.method === 'PATCH');
  const contactId = Number(/\/contacts\/(\d+)/.exec(claim?.url ?? '')?.[1]);
  const colleague = claim?.person === SELLER_B ? SELLER_A : SELLER_B;
  world.crm.assignContact(colleague, contactId, colleague);
}

/** Another admin gives the head of sales another role on the second channel. */
function anotherAdminSaves({ crm, chat }: World): void {
  const userId = String(HEAD_OF_SALES);
  chat.users.set(userId, { id: userId, name: crm.users.get(HEAD_OF_SALES)?.name ?? userId });
  const before = chat.roleOf(userId, WHOLESALE_CHANNEL);
  chat.settings = {
    ...chat.settings,
    userRoles: [
      ...chat.settings.userRoles.filter(one => one !== before),
      {
        channelId: WHOLESALE_CHANNEL,
        userId,
        role: before?.role === 'manager' ? 'auditor' : 'manager',
        allowGetNewClients: false,
      },
    ],
  };
}
