/**
 * Wraps the CRM's records and the chat service so that every record has a name. A record with an empty or blank name is
 * called by its kind and id, because a link, row or choice without a name can be neither read nor found.
 */
import type { Chat } from '../chat/chat.ts';
import { isBlank } from '../../domain/blank.ts';
import type { Employee } from '../../domain/employee.ts';
import type { HostRecords } from '../host/host.ts';
import type { Listed } from '../http/listed.ts';
import type { Words } from './words.tsx';

type Nameless = 'card.employee' | `nameless.${'contact' | 'deal' | 'channel' | 'template'}`;
type Named = { readonly id: string; readonly name: string };

const naming =
  (key: Nameless, t: Words) =>
  <T extends Named>(one: T): T =>
    isBlank(one.name) ? { ...one, name: t(key, { id: one.id }) } : one;

const all =
  <Asked extends unknown[], T>(read: (...asked: Asked) => Promise<readonly T[]>, name: (one: T) => T) =>
  async (...asked: Asked): Promise<readonly T[]> =>
    (await read(...asked)).map(name);

const everyItem =
  <Asked extends unknown[], T, List extends Listed<T>>(
    read: (...asked: Asked) => Promise<List & Listed<T>>,
    name: (one: T) => T,
  ) =>
  async (...asked: Asked): Promise<List> => {
    const list = await read(...asked);
    return { ...list, items: list.items.map(name) };
  };

export function namedRecords(records: HostRecords, t: Words): HostRecords {
  const [contact, deal, person] = [
    naming('nameless.contact', t),
    naming('nameless.deal', t),
    naming('card.employee', t),
  ];
  const employee = (one: Employee): Employee => person(isBlank(one.group) ? { ...one, group: '' } : one);
  return {
    ...records,
    employees: everyItem(
      ({ onProgress, ...asked } = {}) =>
        records.employees({
          ...asked,
          onProgress: progress => onProgress?.({ ...progress, more: progress.more.map(employee) }),
        }),
      employee,
    ),
    contact: async (...asked) => contact(await records.contact(...asked)),
    contacts: all(records.contacts, contact),
    dealsOf: all(records.dealsOf, deal),
    async deal(...asked) {
      const found = await records.deal(...asked);
      return { ...found, deal: deal(found.deal) };
    },
  };
}

export const namedChat = (chat: Chat, t: Words): Chat => ({
  ...chat,
  channels: everyItem(chat.channels, naming('nameless.channel', t)),
  templates: everyItem(chat.templates, naming('nameless.template', t)),
});
