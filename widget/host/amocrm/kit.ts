/** Everything that a page of amoCRM or Kommo provides. */
import type { HostKit } from '../host.ts';
import { amocrmPage, type Surroundings } from './page.ts';
import { field, text } from './reading.ts';

export function amocrmKit(around: Surroundings): HostKit {
  const page = amocrmPage(around);
  const { widget } = around;
  const { langs } = widget;
  return {
    page,
    firstWords: Object(langs),
    async loadRecords() {
      const { openRecordsOf } = await import('./open-records.ts');
      return openRecordsOf(page, text(field(widget.get_settings(), 'oauth_client_uuid')));
    },
  };
}
