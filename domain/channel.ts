/** `other`: a messenger that this version has not heard of. */
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
  /** As the admin knows it: its name, else its number or login. */
  readonly name: string;
  readonly messenger: Messenger;
  /** `unknown` covers every state this version has not heard of: it is not taken for working. */
  readonly state: 'active' | 'disconnected' | 'unpaid' | 'blocked' | 'starting' | 'unknown';
};
