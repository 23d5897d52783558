/**
 * One world: a CRM account and a chat account that share nothing but the clock, and the accidents that
 * are waiting to happen. Mocks speak for it over HTTP, the sandbox shows it, tests look into it.
 */
import { createChatAccount, type ChatAccount, type ChatChannel } from './chat.ts';
import { runningClock, type Clock } from './clock.ts';
import { createCrm, type Crm, type CrmContact } from './crm.ts';
import { createDisturbances, type Disturbances } from './disturbances.ts';
import { usualOddities, type Oddities } from './oddities.ts';
import { employees, GROUPS, NOBODY, PIPELINES, type Language } from './people.ts';

export type WorldOptions = {
  readonly size: number;
  readonly language: Language;
  /** Where the emulated CRM is served: scheme, host, port. */
  readonly crmOrigin: string;
  /** Where the gateway is served. */
  readonly gatewayOrigin: string;
  /** Where the chat service serves its window. */
  readonly chatOrigin: string;
  /** Whether the CRM counts requests: seven a second from one address, the eighth is refused. */
  readonly crmLimiter: boolean;
  readonly clock: Clock;
};

export type World = {
  readonly options: WorldOptions;
  readonly clock: Clock;
  readonly crm: Crm;
  readonly chat: ChatAccount;
  readonly disturbances: Disturbances;
  readonly oddities: Oddities;
  /** Requests that nobody knew how to answer. A test that leaves one here fails. */
  readonly strays: string[];
  /** Tells everybody who watches (chat windows) that something changed. */
  readonly changed: () => void;
  /** Returns its undo. */
  readonly watch: (listener: () => void) => () => void;
  /** Everything as on the first day, with the same origins. */
  readonly reset: (options?: Partial<Pick<WorldOptions, 'size' | 'language'>>) => void;
  /**
   * A client writes to a channel. For his first message the CRM makes a contact that belongs to the
   * stand-in owner; the chat service learns nothing from that.
   */
  readonly clientWrites: (message?: Partial<ClientMessage>) => CrmContact;
};

export type ClientMessage = {
  readonly name: string;
  readonly phone: string;
  readonly text: string;
  readonly channelId: string;
};

export const SALES_CHANNEL = 'e0629e11-0f67-4567-92a9-2237e91ec1b9';
export const WHOLESALE_CHANNEL = '24197d5f-9c5b-4d0a-8c36-0a5d4c3c1f02';

const CHANNELS: Record<Language, readonly ChatChannel[]> = {
  ru: channels('Продажи', 'Опт'),
  en: channels('Sales', 'Wholesale'),
};

function channels(sales: string, wholesale: string): ChatChannel[] {
  return [
    { channelId: SALES_CHANNEL, transport: 'whatsapp', plainId: '79865784457', state: 'active', name: sales },
    {
      channelId: WHOLESALE_CHANNEL,
      transport: 'tgapi',
      plainId: '79865784458',
      state: 'active',
      name: wholesale,
    },
  ];
}

const FIRST_WORDS: Record<Language, { name: string; text: string }> = {
  ru: { name: 'Анна Смирнова', text: 'Здравствуйте! Сколько стоит доставка?' },
  en: { name: 'Anna Smith', text: 'Hello! How much is the delivery?' },
};

/** The number as the chat service knows it: digits only. */
const digitsOf = (phone: string): string => phone.replace(/\D/g, '');

export function createWorld(given: Partial<WorldOptions> = {}): World {
  let options: WorldOptions = {
    size: 5,
    language: 'ru',
    crmOrigin: 'https://crm.amocrm.ru',
    gatewayOrigin: 'https://gateway.example.com',
    chatOrigin: 'https://chats.wazzup24.com',
    crmLimiter: false,
    clock: runningClock(),
    ...given,
  };
  const { clock } = options;
  const strays: string[] = [];
  const watchers = new Set<() => void>();
  const disturbances = createDisturbances();
  const oddities = usualOddities();
  const newCrm = (): Crm =>
    createCrm(clock, {
      users: employees(options.size, options.language),
      groups: GROUPS[options.language],
      pipelines: PIPELINES[options.language],
      origin: options.crmOrigin,
      audience: options.gatewayOrigin,
      eventLag: () => oddities.eventLagMs,
    });
  const newChat = (): ChatAccount => createChatAccount(clock, CHANNELS[options.language]);
  let crm = newCrm();
  let chat = newChat();

  const world: World = {
    get options() {
      return options;
    },
    clock,
    get crm() {
      return crm;
    },
    get chat() {
      return chat;
    },
    disturbances,
    oddities,
    strays,
    changed: () => watchers.forEach(listener => listener()),
    watch(listener) {
      watchers.add(listener);
      return () => watchers.delete(listener);
    },
    reset(changes = {}) {
      options = { ...options, ...changes };
      const { sessions } = crm;
      crm = newCrm();
      sessions.forEach((userId, token) => crm.sessions.set(token, userId));
      chat = newChat();
      disturbances.clear();
      Object.assign(oddities, usualOddities());
      strays.length = 0;
      world.changed();
    },
    clientWrites(message = {}) {
      const words = FIRST_WORDS[options.language];
      const phone = message.phone ?? `+7 916 000-00-${String(chat.threads.length + 1).padStart(2, '0')}`;
      const name =
        message.name ?? (chat.threads.length === 0 ? words.name : `${words.name} ${chat.threads.length + 1}`);
      chat.receive({
        channelId: message.channelId ?? SALES_CHANNEL,
        chatId: digitsOf(phone),
        name,
        text: message.text ?? words.text,
      });
      const known = [...crm.contacts.values()].find(one =>
        one.phones.some(own => digitsOf(own) === digitsOf(phone)),
      );
      const contact = known ?? crm.addContact(name, [phone], NOBODY);
      world.changed();
      return contact;
    },
  };
  return world;
}
