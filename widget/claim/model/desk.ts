/**
 * What all cards of a page share, and what outlives each of them: the two services, the claims that are being settled, and
 * what has yet to follow from them.
 */
import type { Chat } from '../../chat/chat.ts';
import type { HostRecords, Pipeline } from '../../host/host.ts';
import type { FollowUpWork } from '../follow-up/work.ts';
import type { Settlings } from '../race/settling.ts';

export type Desk = {
  readonly records: HostRecords;
  /** `null` while no chat service is connected. */
  readonly chat: Chat | null;
  readonly settlings: Settlings;
  readonly work: FollowUpWork;
  /** Asked for once a page. */
  readonly pipelines: () => Promise<readonly Pipeline[]>;
};
