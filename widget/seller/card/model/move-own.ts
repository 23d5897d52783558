/** Moves deals of a client who is already mine. The person sees the result immediately, so nothing has to be stored. */
import type { DealMove } from '../../../../domain/deal.ts';
import type { Chat } from '../../../chat/chat.ts';
import type { HostRecords } from '../../../host/host.ts';
import type { ClientSources } from './sources.ts';

/** Leaves out deals whose owner has changed since they were shown. Throws a `Failure`. */
export async function moveOwn(
  {
    services: { records, chat },
    me,
    sources,
  }: {
    readonly services: {
      readonly records: Pick<HostRecords, 'dealsOf' | 'setDealOwners'>;
      readonly chat: Pick<Chat, 'changed'> | null;
    };
    readonly me: string;
    readonly sources: Pick<ClientSources, 'contact' | 'deals'> & {
      readonly chat: Pick<ClientSources['chat'], 'read'>;
    };
  },
  moves: readonly DealMove[],
): Promise<void> {
  const from = new Map(moves.map(({ id, fromId }) => [id, fromId]));
  const contact = sources.contact.value();
  if (!contact) return;
  const now = await records.dealsOf(contact);
  const due = now.filter(({ id, ownerId, isOpen }) => isOpen && ownerId === from.get(id));
  const ids = due.map(({ id }) => id);
  const moving = ids.length > 0 && records.setDealOwners(ids, me);
  // Some deals may have been changed before one was refused, so the chat service checks all of them.
  await Promise.allSettled([moving]);
  await Promise.all([moving && chat?.changed(contact.id, ids), sources.deals.read()]).finally(() => moving);
  if (chat) await sources.chat.read();
}
