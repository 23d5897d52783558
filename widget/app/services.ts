/** The clients of all services that a part of the widget uses: the CRM's records, the chat service, our own server. */
import type { Reached } from '../account/server.ts';
import type { Chat } from '../chat/chat.ts';
import { wazzupChat } from '../chat/wazzup/chat.ts';
import type { HostRecords, OpenRecords } from '../host/host.ts';
import { namedChat, namedRecords } from '../words/named.ts';
import type { Words } from '../words/words.tsx';

declare const __CHAT_URL__: string;

/** The server's address for accounts that have set none; empty if the package was built without one. */
export const DEFAULT_SERVER = __CHAT_URL__;

export type OnAnswer = (header: (name: string) => string | null) => Promise<void>;

export type Services = {
  readonly records: HostRecords;
  /** The clients of our server at a given address. */
  readonly reach: (gateway: string) => Reached;
  readonly chatAt: (gateway: string, onAnswer?: OnAnswer) => Chat;
};

/** After `closed` is aborted, no more requests are sent. */
export function openServices(openRecords: OpenRecords, words: Words, closed?: AbortSignal): Services {
  const records = namedRecords(openRecords(closed), words);
  const reach = (gateway: string): Reached => ({ gateway, proof: records.proof, closed });
  return {
    records,
    reach,
    chatAt: (gateway, onAnswer) => namedChat(wazzupChat({ ...reach(gateway), onAnswer }), words),
  };
}
