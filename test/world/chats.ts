/** The accounts of one chat service. They share only its clock. */
import type { ChatHookContent } from './chat-hooks.ts';
import { createChatAccount, FIRST_CHAT, type ChatAccount, type ChatChannel } from './chat.ts';
import type { Clock } from './clock.ts';
import type { Carry } from './courier.ts';
import type { Oddities } from './oddities.ts';
import type { PartnerHookContent } from './partner-hooks.ts';
import type { Language } from './people.ts';

export const SALES_CHANNEL = 'e0629e11-0f67-4567-92a9-2237e91ec1b9';
export const WHOLESALE_CHANNEL = '24197d5f-9c5b-4d0a-8c36-0a5d4c3c1f02';

const NAMES: Record<Language, readonly [string, string]> = {
  ru: ['Продажи', 'Опт'],
  en: ['Sales', 'Wholesale'],
};

export type Chats = {
  readonly first: ChatAccount;
  readonly all: readonly ChatAccount[];
  readonly open: () => ChatAccount;
};

type Shared = {
  readonly oddities: Oddities;
  readonly carryFor: (chat: ChatAccount) => Carry<ChatHookContent> | undefined;
  readonly carryPartnerFor: (chat: ChatAccount) => Carry<PartnerHookContent> | undefined;
  readonly changed: () => void;
};

export function openChats(
  clock: Clock,
  { office, language }: { readonly office: number; readonly language: Language },
  { carryFor, carryPartnerFor, ...shared }: Shared,
): Chats {
  const all: ChatAccount[] = [];
  const open = (): ChatAccount => {
    const id = FIRST_CHAT + all.length;
    const channels = channelsOf(id, language);
    const chat: ChatAccount = createChatAccount(clock, {
      id,
      office,
      channels,
      carry: () => carryFor(chat),
      carryPartner: () => carryPartnerFor(chat),
      ...shared,
    });
    all.push(chat);
    return chat;
  };
  return { first: open(), all, open };
}

/** The channels of further accounts have their own ids. */
function channelsOf(chatId: number, language: Language): ChatChannel[] {
  const own = (id: string): string =>
    chatId === FIRST_CHAT ? id : id.replace(/.{8}$/, String(chatId * 1000));
  const [sales, wholesale] = NAMES[language];
  return [
    {
      channelId: own(SALES_CHANNEL),
      transport: 'whatsapp',
      plainId: '79865784457',
      state: 'active',
      name: sales,
    },
    {
      channelId: own(WHOLESALE_CHANNEL),
      transport: 'tgapi',
      plainId: '79865784458',
      state: 'active',
      name: wholesale,
    },
  ];
}
