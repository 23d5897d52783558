/**
 * One world: a CRM account and a chat account that share only the clock, and the disturbances waiting to happen. Mocks
 * serve it over HTTP, the sandbox shows it, tests inspect it.
 */
import type { ChatAccount } from './chat.ts';
import { createChatPartners, type ChatPartners } from './chat-partners.ts';
import { openChats } from './chats.ts';
import type { ChatHookContent } from './chat-hooks.ts';
import { contactOf, personOf, receive, type ClientMessage } from './client-writes.ts';
import { runningClock, type Clock } from './clock.ts';
import { openAccounts, type AccountDraft } from './accounts.ts';
import type { Crm, CrmContact } from './crm.ts';
import type { Carry, Parcel } from './courier.ts';
import type { Delivery, HookContent } from './deliveries.ts';
import { createDisturbances, type Disturbances } from './disturbances.ts';
import type { Integration } from './integration.ts';
import { usualOddities, type Oddities } from './oddities.ts';
import type { PartnerHookContent } from './partner-hooks.ts';
import type { Language } from './people.ts';
import type { Company } from './pipedrive/company.ts';
import type { Person } from './pipedrive/persons.ts';
import { createPipedrive, type Pipedrive, type PipedriveCarrier } from './pipedrive/pipedrive.ts';
import type { Push } from './pushes.ts';

export { SALES_CHANNEL, WHOLESALE_CHANNEL } from './chats.ts';

export type WorldOptions = {
  /** Distinguishes worlds on one server: each has its own account ids and chat keys. */
  readonly office: number;
  readonly size: number;
  readonly language: Language;
  /** Where the emulated CRM is served: scheme, host, port. */
  readonly crmOrigin: string;
  /** The address of the gateway. */
  readonly gatewayOrigin: string;
  /** Where the chat service serves its window. */
  readonly chatOrigin: string;
  /** Whether the CRM limits requests: seven per second from one address; the eighth is refused. */
  readonly crmLimiter: boolean;
  readonly clock: Clock;
  /** The integration's own addresses, as its maker registered them. */
  readonly integration: Pick<Integration, 'redirectUri' | 'disableUri'>;
  /** How the two services send requests to external addresses; over the network by default. */
  readonly send: (request: Request) => Promise<Response>;
};

/** Sends a hook of an account to its address and returns the status. */
export type HookCarrier = (crm: Crm, delivery: Delivery, signal: AbortSignal) => Promise<number>;

/** Like `HookCarrier`, for a chat account and for its partners. */
export type ChatHookCarrier<Content> = (
  chat: ChatAccount,
  parcel: Parcel<Content>,
  signal: AbortSignal,
) => Promise<number>;
export type ChatHookCarriers = {
  readonly hooks: ChatHookCarrier<ChatHookContent>;
  readonly partnerHooks: ChatHookCarrier<PartnerHookContent>;
};

export type World = {
  readonly options: WorldOptions;
  readonly clock: Clock;
  /** The first account. */
  readonly crm: Crm;
  /** All accounts of the CRM, including the first. */
  readonly accounts: readonly Crm[];
  readonly openAccount: (draft: AccountDraft) => Crm;
  /** The old address stops answering. */
  readonly renameAccount: (crm: Crm, subdomain: string) => void;
  /** The same world with that account as the subject of requests. */
  readonly seenFrom: (crm: Crm) => World;
  /** The second CRM. It has no company until one is opened. */
  readonly pipedrive: Pipedrive;
  /** The first chat account. */
  readonly chat: ChatAccount;
  readonly chats: readonly ChatAccount[];
  /** What partners of the chat service have registered and received. */
  readonly partners: ChatPartners;
  /** Opens an account with its own channels. */
  readonly openChat: () => ChatAccount;
  /** The same world with that chat account as the subject of requests. */
  readonly seenFromChat: (chat: ChatAccount) => World;
  readonly disturbances: Disturbances;
  readonly oddities: Oddities;
  /** Requests without a handler. A test that leaves one here fails. */
  readonly unhandledRequests: string[];
  /** Notifies all watchers (chat windows) of a change. */
  readonly changed: () => void;
  /** The CRM's keys for signing access tokens, created on first use. */
  readonly signingKeys: () => Promise<CryptoKeyPair>;
  /** Sets the carrier for all further hooks, including waiting ones. */
  readonly carryHooks: (carrier: HookCarrier) => void;
  readonly carryChatHooks: (carriers: ChatHookCarriers) => void;
  readonly carryPipedriveHooks: (carrier: PipedriveCarrier) => void;
  /** Moves the clock by this time; each hook is sent when it is due. */
  readonly pass: (milliseconds: number) => Promise<void>;
  /** Resolves when every due hook has been sent and answered. */
  readonly settled: () => Promise<void>;
  /** Returns a function that stops watching. */
  readonly watch: (listener: () => void) => () => void;
  /** Receives what the CRM sends to open pages. Returns a function that stops listening. */
  readonly hear: (listener: (push: Push) => void) => () => void;
  /** Restores the initial state with the same origins. */
  readonly reset: (options?: Partial<Pick<WorldOptions, 'office' | 'size' | 'language'>>) => void;
  /**
   * A client writes to a channel. On the first message the CRM creates a contact owned by the stand-in owner; the chat
   * service does not learn of it.
   */
  readonly clientWrites: (message?: Partial<ClientMessage>) => CrmContact;
  /** The same, with a company of Pipedrive next to the chat service. */
  readonly clientWritesTo: (company: Company, message?: Partial<ClientMessage>) => Person;
};

const newKeys = (): Promise<CryptoKeyPair> =>
  crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);

/** The carrier may have been replaced, but is never removed. */
const carried = (sent: Promise<number> | undefined): Promise<number> => sent ?? Promise.resolve(0);

export function createWorld(given: Partial<WorldOptions> = {}): World {
  let options: WorldOptions = {
    office: 0,
    size: 5,
    language: 'ru',
    crmOrigin: 'https://crm.amocrm.ru',
    gatewayOrigin: 'https://gateway.example.com',
    chatOrigin: 'https://chats.wazzup24.com',
    crmLimiter: false,
    clock: runningClock(),
    integration: {},
    send: request => fetch(request),
    ...given,
  };
  const { clock } = options;
  const unhandledRequests: string[] = [];
  const watchers = new Set<() => void>();
  const pages = new Set<(crm: Crm, push: Push) => void>();
  const hearOf = (crm: () => Crm, listener: (push: Push) => void): (() => void) => {
    const hears = (from: Crm, push: Push): void => {
      if (from === crm()) listener(push);
    };
    pages.add(hears);
    return () => pages.delete(hears);
  };
  const disturbances = createDisturbances();
  const oddities = usualOddities();
  let keys: Promise<CryptoKeyPair> | undefined;
  let carry: HookCarrier | undefined;
  const carryFor = (crm: Crm): Carry<HookContent> | undefined =>
    carry && ((delivery, signal) => carried(carry?.(crm, delivery, signal)));
  const newAccounts = () =>
    openAccounts(clock, options, {
      oddities,
      carryFor,
      changed: () => world.changed(),
      push: (crm, push) => pages.forEach(listener => listener(crm, push)),
    });
  let carryChat: ChatHookCarriers | undefined;
  const newChats = () =>
    openChats(clock, options, {
      oddities,
      carryFor: chat => carryChat && ((parcel, signal) => carried(carryChat?.hooks(chat, parcel, signal))),
      carryPartnerFor: chat =>
        carryChat && ((parcel, signal) => carried(carryChat?.partnerHooks(chat, parcel, signal))),
      changed: () => world.changed(),
    });
  let accounts = newAccounts();
  let chats = newChats();
  let partners = createChatPartners(clock, oddities);
  let carryPipedrive: PipedriveCarrier | undefined;
  const newPipedrive = () =>
    createPipedrive(clock, options, {
      lateMs: () => oddities.lateMs,
      carryFor: company =>
        carryPipedrive && ((parcel, signal) => carried(carryPipedrive?.(company, parcel, signal))),
      changed: () => world.changed(),
    });
  let pipedrive = newPipedrive();

  const couriers = () => [
    ...accounts.all.map(({ deliveries }) => deliveries),
    ...chats.all.flatMap(({ hooks, partnerHooks }) => [hooks, partnerHooks]),
    ...pipedrive.companies.map(({ deliveries }) => deliveries),
    ...[...accounts.all, ...pipedrive.companies].map(({ calls: { settled } }) => ({
      settled,
      nextDue: () => undefined,
    })),
  ];
  const nextDue = (): number | undefined => {
    const times = couriers().flatMap(one => one.nextDue() ?? []);
    return times.length > 0 ? Math.min(...times) : undefined;
  };

  const world: World = {
    get options() {
      return options;
    },
    clock,
    get crm() {
      return accounts.first;
    },
    get accounts() {
      return accounts.all;
    },
    openAccount: draft => accounts.open(draft),
    renameAccount(crm, subdomain) {
      const { origin, zone } = crm.account;
      Object.assign(crm.account, { subdomain, origin: `${new URL(origin).protocol}//${subdomain}.${zone}` });
    },
    seenFrom: crm =>
      Object.create(world, {
        crm: { value: crm },
        hear: { value: (listener: (push: Push) => void) => hearOf(() => crm, listener) },
      }),
    get pipedrive() {
      return pipedrive;
    },
    get chat() {
      return chats.first;
    },
    get chats() {
      return chats.all;
    },
    openChat: () => chats.open(),
    get partners() {
      return partners;
    },
    seenFromChat: chat => Object.create(world, { chat: { value: chat } }),
    disturbances,
    oddities,
    unhandledRequests,
    changed: () => watchers.forEach(listener => listener()),
    signingKeys: () => (keys ??= newKeys()),
    carryHooks(carrier) {
      carry = carrier;
      accounts.all.forEach(({ deliveries }) => deliveries.send());
    },
    carryChatHooks(carriers) {
      carryChat = carriers;
      chats.all.flatMap(({ hooks, partnerHooks }) => [hooks, partnerHooks]).forEach(one => one.send());
    },
    carryPipedriveHooks(carrier) {
      carryPipedrive = carrier;
      pipedrive.companies.forEach(({ deliveries }) => deliveries.send());
    },
    async pass(milliseconds) {
      const end = clock.now() + milliseconds;
      await world.settled();
      for (let next = nextDue(); next !== undefined && next <= end; next = nextDue()) {
        clock.advance(Math.max(0, next - clock.now()));
        await world.settled();
      }
      clock.advance(end - clock.now());
      await world.settled();
    },
    async settled() {
      await Promise.all(couriers().map(one => one.settled()));
    },
    watch(listener) {
      watchers.add(listener);
      return () => watchers.delete(listener);
    },
    hear: listener => hearOf(() => world.crm, listener),
    reset(changes = {}) {
      options = { ...options, ...changes };
      const { sessions } = world.crm;
      accounts = newAccounts();
      sessions.forEach((userId, token) => world.crm.sessions.set(token, userId));
      chats = newChats();
      partners = createChatPartners(clock, oddities);
      pipedrive = newPipedrive();
      disturbances.clear();
      Object.assign(oddities, usualOddities());
      unhandledRequests.length = 0;
      world.changed();
    },
    clientWrites(message = {}) {
      const contact = contactOf(world.crm, receive(world.chat, options.language, message));
      world.changed();
      return contact;
    },
    clientWritesTo(company, message = {}) {
      const person = personOf(company, receive(world.chat, options.language, message));
      world.changed();
      return person;
    },
  };
  return world;
}
