/** Reads chat and deals again after a follow-up is done, because other people see the chats then. */
import { computed, type ReadonlySignal } from '@preact/signals';
import type { Dispose } from '../../../host/host.ts';
import type { ServerStatus } from '../../claim/press.ts';
import type { ClaimServices } from './claim-services.ts';
import type { ClientSources } from './sources.ts';

export function readAgain({
  services: { chat },
  status,
  sources,
  isLookedAt,
}: {
  readonly services: ClaimServices;
  readonly status: ReadonlySignal<ServerStatus>;
  readonly sources: ClientSources;
  readonly isLookedAt: () => boolean;
}): Dispose {
  /** Changes whenever more is done; empty until the chat is. */
  const done = computed(() => {
    const now = status.value;
    if (now.kind !== 'known' || now.claim.chat.kind === 'waiting') return '';
    const { press, chat, followUps } = now.claim;
    const isDone = followUps.some(({ kind, state }) => kind === 'deals' && state === 'done');
    return [press, chat.kind, isDone].join(' ');
  });
  return done.subscribe(what => {
    if (what === '' || !isLookedAt()) return;
    if (chat) void sources.chat.read();
    if (sources.deals.value()?.length) void sources.deals.read();
  });
}
