/** The addresses of the CRM's contacts and deals, which the chat service links to. */
import type { RecordKind } from './records.ts';

export type CrmCards = {
  /** `origin`: https://example.amocrm.ru */
  readonly addressOf: (origin: string, kind: RecordKind, id: string) => string;
  /** Compares only the path: an account's host may change, the path of a card does not. */
  readonly isAddressOf: (uri: string | null | undefined, kind: RecordKind, id: string) => boolean;
};
