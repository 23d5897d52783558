/** What a framed page in Pipedrive provides, as a `HostKit`. */
import type { HostKit } from '../host.ts';
import type { Frame } from './frame.ts';
import { pipedrivePage, type Surroundings } from './page.ts';

export function pipedriveKit(
  around: Surroundings & { readonly frame: Pick<Frame, 'sdk'>; readonly firstWords: object },
): HostKit {
  const page = pipedrivePage(around);
  return {
    page,
    firstWords: around.firstWords,
    async loadRecords() {
      const { openRecordsOf } = await import('./open-records.ts');
      return openRecordsOf(around.gateway, page, around.proof);
    },
    async openElsewhere(what, given) {
      const { openModal } = await import('./modal.ts');
      return openModal(around.frame, what, given);
    },
  };
}
