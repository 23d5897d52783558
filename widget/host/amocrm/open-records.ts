/** The records of a page, at a rate that all tabs of a browser share. */
import { createPace } from '../../http/pace.ts';
import type { HostPage, OpenRecords } from '../host.ts';
import { amocrmRecords } from './records.ts';

export const openRecordsOf =
  (page: Pick<HostPage, 'me' | 'origin'>, integrationId: string): OpenRecords =>
  closed =>
    amocrmRecords({
      origin: page.origin,
      integrationId,
      me: () => page.me.id,
      pace: createPace('crm-chat-roles:pace', navigator.locks),
      closed,
    });
