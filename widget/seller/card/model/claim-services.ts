/**
 * What all cards of a page share, and what outlives each of them: the services, and the claims that are under way.
 */
import type { ReadonlySignal } from '@preact/signals';
import type { OwnRules } from '../../../../domain/own-rules.ts';
import type { ClaimsServer } from '../../../account/claim.ts';
import type { Chat } from '../../../chat/chat.ts';
import type { HostRecords, Pipeline } from '../../../host/host.ts';
import type { Claiming } from '../../claim/claiming.ts';
import type { Write } from '../../claim/writing.ts';

export type ClaimOwn = { readonly standInOwners: readonly string[]; readonly rules: OwnRules };

export type ClaimClients = {
  readonly records: HostRecords;
  /** `null` while no chat service is connected. */
  readonly chat: Chat | null;
  /** `null`: there is no server of ours. */
  readonly server: ClaimsServer | null;
  /** How presses are carried out where our server writes for the person. */
  readonly write?: Write | undefined;
  /** What the account's admins have set, as far as this page has heard. */
  readonly own: ReadonlySignal<ClaimOwn>;
};

export type ClaimServices = Omit<ClaimClients, 'server' | 'write'> & {
  readonly claiming: Claiming;
  /** Asked for once a page. */
  readonly pipelines: () => Promise<readonly Pipeline[]>;
  /** What an employee is called where others of the same name may stand beside them. */
  readonly nameOf: (employeeId: string) => string | undefined;
};
