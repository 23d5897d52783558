/** What the CRM shows of a claim at one moment, and what that means. */
import type { Contact } from '../../host/host.ts';
import { asFailure, type Failure } from '../../http/failure.ts';
import type { ClaimGiven } from './press.ts';
import type { Intent } from './intents.ts';
import { verdictOf, type Verdict } from './race.ts';
import { read } from './record.ts';

export type Look =
  | {
      readonly kind: 'read';
      readonly contact: Contact;
      readonly verdict: Verdict;
      readonly changes: number;
      readonly ownChanges: number;
      /** Differs when anything has happened since. */
      readonly seen: string;
    }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unknown'; readonly failure: Failure };

/** First the log, then the contact: a change that is in the log has reached the contact. */
export async function lookAt({ crm, me, isFree }: ClaimGiven, intent: Intent): Promise<Look> {
  try {
    const changes = await crm.ownerChangesOf([intent.contactId], intent.since);
    const reading = await read(crm, intent.contactId);
    if (reading.kind !== 'read') return reading.kind === 'failed' ? { ...reading, kind: 'unknown' } : reading;
    const { contact } = reading;
    return {
      kind: 'read',
      contact,
      changes: changes.length,
      ownChanges: changes.filter(({ by }) => by === me).length,
      seen: `${contact.ownerId} ${changes.length}`,
      verdict: verdictOf(changes, contact.ownerId, { me, isFree, basedOn: intent.basedOn }),
    };
  } catch (thrown) {
    return { kind: 'unknown', failure: asFailure(thrown) };
  }
}
