/**
 * What all cards of a page share and what outlives them: the services, and the claims under way.
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
  /** `null` when no server of ours is configured. */
  readonly server: ClaimsServer | null;
  /** How presses are carried out where our server writes for the person. */
  readonly write?: Write | undefined;
  /** The account's own settings, as far as this page has read them. */
  readonly own: ReadonlySignal<ClaimOwn>;
};

export type ClaimServices = Omit<ClaimClients, 'server' | 'write'> & {
  readonly claiming: Claiming;
  /** Read once per page. */
  readonly pipelines: () => Promise<readonly Pipeline[]>;
  /** An employee's name, extended where others have the same one. */
  readonly nameOf: (employeeId: string) => string | undefined;
};
