/** Once something that followed from a claim is done, other people see the chats: the panel reads again what it shows of it. */
import { computed } from '@preact/signals';
import type { Undo } from '../../host/host.ts';
import type { Desk } from './desk.ts';
import type { ClientSources } from './sources.ts';

export function readAgain({
  desk: { chat, work },
  contactId,
  sources,
  isLookedAt,
}: {
  readonly desk: Desk;
  readonly contactId: string;
  readonly sources: ClientSources;
  readonly isLookedAt: () => boolean;
}): Undo {
  const done = computed(
    () =>
      work.outbox.shown.value.filter(
        ({ followUp, state }) =>
          followUp.contactId === contactId && state.kind === 'over' && followUp.kind !== 'note',
      ).length,
  );
  return done.subscribe(count => {
    if (count === 0 || !isLookedAt()) return;
    if (chat) void sources.chat.read();
    if (sources.deals.value()?.length) void sources.deals.read();
  });
}
