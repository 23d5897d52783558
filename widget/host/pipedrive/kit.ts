/** All that a framed page in Pipedrive lends us. */
import type { HostKit } from '../host.ts';
import { pipedrivePage, type Surroundings } from './page.ts';

export function pipedriveKit(around: Surroundings & { readonly firstWords: object }): HostKit {
  const page = pipedrivePage(around);
  return {
    page,
    firstWords: around.firstWords,
    async loadRecords() {
      const { openRecordsOf } = await import('./open-records.ts');
      return openRecordsOf(around.gateway, page, around.proof);
    },
  };
}
