import type { HostPage } from '../../../host/host.ts';
import type { ClaimServices } from './claim-services.ts';
import type { Letters } from '../../colleagues/letters.ts';

/** What a card's model is made of: the client, the page that shows them, and the services. */
export type CardGiven = {
  readonly contactId: string;
  /** `null` in a deal's card, unless the contact was read. */
  readonly shownOwner: string | null;
  /** Whose card it is, where that is a deal's. */
  readonly dealId?: string | undefined;
  readonly page: Pick<HostPage, 'me' | 'account' | 'locale' | 'employee' | 'employees' | 'onChange'>;
  readonly services: ClaimServices;
  readonly letters: Letters;
};
