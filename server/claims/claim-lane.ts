/** A client's claims have a lane apart from the lane of their chat copy, so that neither waits for the other. */
import { sql } from 'kysely';

/** "claim 501" */
export type ClaimLane = `claim ${string}`;

export const claimLane = (contactId: string): ClaimLane => `claim ${contactId}`;

/** The contact id of a claim lane; null for any other lane. */
export const contactInLane = (name: string): string | null =>
  /^claim (?<id>.+)$/.exec(name)?.groups?.['id'] ?? null;

/** SQL condition on a row of `lane`: it belongs to a chat copy and not to claims. */
export const IS_COPY = sql<boolean>`lane.name not like 'claim %'`;
