import type { HostPage } from '../../../host/host.ts';
import type { ClaimServices } from './claim-services.ts';
import type { Hides } from './hides.ts';
import type { Letters } from '../../colleagues/letters.ts';

/** What a card's model needs: the client, the page that shows them, and the services. */
export type CardGiven = {
  readonly contactId: string;
  /** The owner that the page shows; `null` if there is none. In a deal's card, the owner that was read. */
  readonly shownOwner: string | null;
  /** The deal whose card this is; absent in a contact's card. */
  readonly dealId?: string | undefined;
  readonly page: Pick<
    HostPage,
    'me' | 'account' | 'locale' | 'employee' | 'employees' | 'onChange' | 'hiddenBy'
  >;
  readonly services: ClaimServices;
  readonly letters: Letters;
  /** Absent if the CRM hides no clients after a change of the owner. */
  readonly hides?: Hides | undefined;
};
