/**
 * What all cards of a page share, and what outlives each of them: the two services, the claims that are being settled, and
 * what has yet to follow from them.
 */
import type { ReadonlySignal } from '@preact/signals';
import type { OwnRules } from '../../../domain/own-rules.ts';
import type { Chat } from '../../chat/chat.ts';
import type { HostRecords, Pipeline } from '../../host/host.ts';
import type { FollowUpWork } from '../follow-up/work.ts';
import type { Settlings } from '../race/settling.ts';

export type ClaimOwn = { readonly standInOwners: readonly string[]; readonly rules: OwnRules };

export type Desk = {
  readonly records: HostRecords;
  /** `null` while no chat service is connected. */
  readonly chat: Chat | null;
  /** What the account's admins have set, as far as this page has heard. */
  readonly own: ReadonlySignal<ClaimOwn>;
  readonly settlings: Settlings;
  readonly work: FollowUpWork;
  /** Asked for once a page. */
  readonly pipelines: () => Promise<readonly Pipeline[]>;
  /** What an employee is called where others of the same name may stand beside them. */
  readonly nameOf: (employeeId: string) => string | undefined;
};
