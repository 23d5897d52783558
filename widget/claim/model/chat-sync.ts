/**
 * Keeps the chat service's copy and what the panel shows of it in step: somebody changed the responsible outside of the
 * widget, and the chat service learns it from whoever looks first; something that followed from a claim is done, and
 * other people see the chats now.
 */
import { computed } from '@preact/signals';
import type { Ownership } from '../../../domain/ownership.ts';
import { mayAnswer } from '../../../domain/role.ts';
import type { Contact, Undo } from '../../host/host.ts';
import type { Desk } from './desk.ts';
import type { ShownFollowUp } from '../follow-up/follow-up.ts';
import type { ClientSources } from './sources.ts';

export type ChatSync = {
  /** Tells the chat service if its copy says something else, once for each responsible. */
  readonly tell: (contact: Contact, ownership: Ownership) => void;
  readonly remove: Undo;
};

export function chatSync({
  desk: { chat, work },
  contactId,
  me,
  sources,
  isLookedAt,
}: {
  readonly desk: Desk;
  readonly contactId: string;
  readonly me: string;
  readonly sources: ClientSources;
  readonly isLookedAt: () => boolean;
}): ChatSync {
  const { shown } = work.outbox;
  const isHis = ({ followUp }: ShownFollowUp): boolean => followUp.contactId === contactId;
  let told: string | null = null;
  const done = computed(
    () =>
      shown.value.filter(one => isHis(one) && one.state.kind === 'over' && one.followUp.kind !== 'note')
        .length,
  );
  return {
    tell(contact, ownership) {
      const side = sources.chat.value();
      const { ownerId } = contact;
      const isWaiting = shown.value.some(one => isHis(one) && one.state.kind !== 'over');
      if (!side || ownerId === null || ownerId === told || isWaiting) return;
      const mayTell = side.roles.assignments.some(one => one.employeeId === me && mayAnswer(one.role));
      const kept = ownership.kind === 'free' ? null : ownerId;
      if (!mayTell || (side.known?.ownerId ?? null) === kept) return;
      told = ownerId;
      work.outbox.add([{ kind: 'chat', contactId, ownerId }], contact);
    },
    remove: done.subscribe(count => {
      if (count === 0 || !isLookedAt()) return;
      if (chat) void sources.chat.read();
      if (sources.deals.value()?.length) void sources.deals.read();
    }),
  };
}
