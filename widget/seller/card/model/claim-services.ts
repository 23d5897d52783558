/**
 * What all cards of a page share: the services, and the claims under way. They outlive the cards.
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
  /** Carries out presses through our server. Absent if the CRM's page writes itself. */
  readonly write?: Write | undefined;
  /** The account's own settings, as far as this page has read them. */
  readonly own: ReadonlySignal<ClaimOwn>;
};

export type ClaimServices = Omit<ClaimClients, 'server' | 'write'> & {
  readonly claiming: Claiming;
  /** Read once per page. */
  readonly pipelines: () => Promise<readonly Pipeline[]>;
  /** An employee's name, with an addition if others have the same name. */
  readonly nameOf: (employeeId: string) => string | undefined;
};
