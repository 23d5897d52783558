/** A client's claims have a lane of their own, beside the one of what the chat service knows of them: neither waits for the other. */
import { sql } from 'kysely';

/** "claim 501" */
export type ClaimLane = `claim ${string}`;

export const claimLane = (contactId: string): ClaimLane => `claim ${contactId}`;

/** Whose claims it is about; null for any other lane. */
export const contactInLane = (name: string): string | null =>
  /^claim (?<id>.+)$/.exec(name)?.groups?.['id'] ?? null;

/** Of a row of lanes: it is about the chat service's copy, and not about claims. */
export const IS_COPY = sql<boolean>`lane.name not like 'claim %'`;
