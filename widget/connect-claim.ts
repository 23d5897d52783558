/** The second part of the package: what a press of "I'm responsible" needs, with the clients of both services. */
import { wazzupChat } from './chat/wazzup/chat.ts';
import type { OutcomeFaces } from './claim/Card.tsx';
import { Outcome, outcomeLine } from './claim/Outcome.tsx';
import { claimWork, type ClaimWork } from './claim/work.ts';
import { amocrmRecords } from './host/amocrm/records.ts';

export const faces: OutcomeFaces = { Outcome, outcomeLine };

export function connectClaim(given: {
  readonly origin: string;
  readonly integrationId: string;
  readonly chatUrl: string;
  readonly country: string;
}): ClaimWork {
  const records = amocrmRecords(given);
  const chat = given.chatUrl === '' ? null : wazzupChat({ gateway: given.chatUrl, proof: records.proof });
  return claimWork(records, chat, given.country);
}
