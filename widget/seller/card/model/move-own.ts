/** Moves deals of a client who is mine already. The person sees the result at once, so nothing has to be durable. */
import type { DealMove } from '../../../../domain/deal.ts';
import type { ClaimServices } from './claim-services.ts';
import type { ClientSources } from './sources.ts';

/** A deal whose owner has changed since it was shown is left alone. Throws a `Failure`. */
export async function moveOwn(
  {
    services: { records, chat },
    me,
    sources,
  }: {
    readonly services: ClaimServices;
    readonly me: string;
    readonly sources: Pick<ClientSources, 'contact' | 'deals' | 'chat'>;
  },
  moves: readonly DealMove[],
): Promise<void> {
  const from = new Map(moves.map(({ id, fromId }) => [id, fromId]));
  const contact = sources.contact.value();
  if (!contact) return;
  const now = await records.dealsOf(contact);
  const due = now.filter(({ id, ownerId, isOpen }) => isOpen && ownerId === from.get(id));
  const ids = due.map(({ id }) => id);
  if (ids.length > 0) await records.setDealOwners(ids, me);
  await Promise.all([ids.length > 0 && chat?.changed(contact.id, ids), sources.deals.read()]);
  if (chat) await sources.chat.read();
}
