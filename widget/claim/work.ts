/**
 * The claim's steps with everything they need, as one part that loads when a seller reaches for the button. The
 * card's first face knows only this type.
 */
import type { Chat } from '../chat/chat.ts';
import type { HostRecords } from '../host/host.ts';
import { claimInCrm, settle, type ChatOutcome, type CrmOutcome } from './claim.ts';
import { tellChat } from './tell.ts';

export type ClaimOf = { readonly contactId: string; readonly me: string; readonly basedOn: string | null };

export type ClaimWork = {
  readonly claim: (of: ClaimOf) => Promise<CrmOutcome>;
  /** Looks again, without writing, after an outcome that was unknown. */
  readonly lookAgain: (of: ClaimOf) => Promise<CrmOutcome>;
  readonly tell: (
    contact: Extract<CrmOutcome, { kind: 'mine' }>['contact'],
    me: string,
  ) => Promise<ChatOutcome>;
};

export const claimWork = (records: HostRecords, chat: Chat | null, country: string): ClaimWork => ({
  claim: of => claimInCrm(records, of),
  lookAgain: of => settle(records, of, null),
  tell: (contact, me) => tellChat(chat, contact, { ownerId: me, country }),
});
