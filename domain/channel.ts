/** `other` is a messenger that this version does not know. */
export type Messenger =
  | 'whatsapp'
  | 'waba'
  | 'instagram'
  | 'telegram'
  | 'telegram-bot'
  | 'max'
  | 'max-bot'
  | 'vk'
  | 'avito'
  | 'viber'
  | 'other';

/** One messenger account that is connected to the chat service. Roles are given per channel. */
export type Channel = {
  readonly id: string;
  /** The name that admins see: the channel's own name, or else its number or login. */
  readonly name: string;
  readonly messenger: Messenger;
  /** `unknown` covers every state that this version does not know. Such a channel does not count as working. */
  readonly state: 'active' | 'disconnected' | 'unpaid' | 'blocked' | 'starting' | 'unknown';
};
