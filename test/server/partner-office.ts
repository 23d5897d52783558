/** An office whose key may read roles but not write them, at a chat service that knows the server as its partner. */
import * as v from 'valibot';
import type { Fetch } from '../../server/http/fetch.ts';
import { outside } from '../mocks/outside.ts';
import type { ChatAccount } from '../world/chat.ts';
import { ADMIN, SELLER_A } from '../world/people.ts';
import { SALES_CHANNEL } from '../world/world.ts';
import { browserOf, type Browser } from './browser.ts';
import { installedOffice, type Office } from './office.ts';

export const CALLBACK = '/connect/partner';

const started = v.object({ address: v.string() });
const standing = v.looseObject({ mode: v.string(), roles: v.string() });
const changes = v.object({
  changes: v.array(
    v.object({
      what: v.string(),
      difference: v.object({ lines: v.array(v.object({ before: v.string(), after: v.string() })) }),
    }),
  ),
});

export type PartnerOffice = {
  readonly office: Office;
  /** Replaces what happens to a request from the server. */
  meddle: ((request: Request, ask: Fetch) => Promise<Response>) | null;
  readonly state: () => Promise<v.InferOutput<typeof standing>>;
  readonly save: () => Promise<Response>;
  readonly roles: () => Promise<Response>;
  readonly tokenCalls: () => number;
  /** The address to which the administrator's browser is redirected. */
  readonly sentOff: (visit: Browser) => Promise<string>;
  /** Chooses on the service's page, and returns the address that leads back; no account is a refusal. */
  readonly choose: (consent: string, chat: ChatAccount | null) => Promise<string>;
  /** Comes back with a choice, to the redirect that leads to the question. */
  readonly asked: (visit: Browser, chat?: ChatAccount) => Promise<Response>;
  readonly allow: () => Promise<void>;
  /** Pairs of before and after, the newest first. */
  readonly connectionChanges: () => Promise<readonly (readonly string[])[]>;
};

export async function partnerOffice(): Promise<PartnerOffice> {
  const meddling: Pick<PartnerOffice, 'meddle'> = { meddle: null };
  const office = await installedOffice({
    keyKind: 'v3',
    isPartner: true,
    through: (request, ask) => (meddling.meddle ?? ((one, on) => on(one)))(request, ask),
  });
  const { world } = office;
  world.partners.redirectUris.add(office.origin + CALLBACK);
  const partner: PartnerOffice = Object.assign(meddling, {
    office,
    async state() {
      return v.parse(standing, await (await office.ask(ADMIN, 'GET /connection')).json());
    },
    async save() {
      const read = await partner.roles();
      const row = {
        channelId: SALES_CHANNEL,
        userId: String(SELLER_A),
        role: 'seller',
        allowGetNewClients: true,
      };
      return office.ask(ADMIN, 'PATCH /settings', { userRoles: [row] }, read.headers.get('ETag') ?? '');
    },
    roles: () => office.ask(ADMIN, 'GET /settings'),
    tokenCalls: () => office.sent.filter(one => one.includes('/v2/oauth/token')).length,
    async sentOff(visit) {
      const answer = await office.ask(ADMIN, 'POST /connection/journey', {
        language: 'en',
        purpose: 'roles',
      });
      const { address } = v.parse(started, await answer.json());
      return (await visit(address)).headers.get('Location') ?? '';
    },
    async choose(consent, chat) {
      const body = new URLSearchParams({ account: chat ? String(chat.id) : '' });
      const answered = await outside(world)(consent, { method: 'POST', body, redirect: 'manual' });
      return answered.headers.get('Location') ?? '';
    },
    async asked(visit, chat = world.chat) {
      return visit(await partner.choose(await partner.sentOff(visit), chat));
    },
    async allow() {
      const visit = browserOf(office);
      await partner.asked(visit);
      const ended = await visit('/connect/answer', { answer: 'yes' });
      if (!ended.ok) throw new Error(await ended.text());
    },
    async connectionChanges() {
      const answer = await office.ask(ADMIN, 'GET /history');
      return v
        .parse(changes, await answer.json())
        .changes.flatMap(({ what, difference }) => (what === 'chat-connection' ? difference.lines : []))
        .map(({ before, after }) => [before, after]);
    },
  } satisfies Omit<PartnerOffice, 'meddle'>);
  // The server finds out at the first save that the key may not write roles.
  await partner.save();
  return partner;
}
