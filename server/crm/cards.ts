/** Where the CRM shows its contacts and deals: the chat service leads people there. */
import type { RecordKind } from './records.ts';

export type CrmCards = {
  /** `origin`: https://example.amocrm.ru */
  readonly addressOf: (origin: string, kind: RecordKind, id: string) => string;
  /** By the path alone: an account's host may change, the path of a card does not. */
  readonly isAddressOf: (uri: string | null | undefined, kind: RecordKind, id: string) => boolean;
};
