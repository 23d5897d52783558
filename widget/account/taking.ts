/**
 * Asks the server to take a client for the person: in one request the server grants, reads, writes and records the
 * claim. For CRMs whose pages do not write by themselves. Repeating the call means the same press, which is written
 * once.
 */
import { nullish, picklist, string, type InferOutput } from 'valibot';
import type { Contact, HostPage } from '../host/host.ts';
import { id, words } from '../http/fields.ts';
import { listed } from '../http/listed.ts';
import { object } from '../http/object.ts';
import type { ClaimRequest } from './claim.ts';
import { clientOf, type Reached } from './server.ts';

/** Longer than the server takes: it waits for the CRM at most three times and starts no write after ten seconds. */
const PATIENCE_MS = 40_000;

const contact = object({ id, name: words, ownerId: id, phones: listed(string()), dealIds: listed(id) });
const answer = object({
  kind: picklist([
    'written',
    'changed',
    'held',
    'unknown',
    'too-many',
    'forbidden',
    'missing',
    'refused',
    'unreachable',
    'budget-gone',
  ]),
  by: nullish(id, null),
  contact: nullish(contact, null),
  /** Stands for the owner that the server has read. */
  stamp: nullish(string(), null),
});

export type Taken =
  /** `changed`: the owner is not the one that the person saw, or another change followed the write at once. */
  | { readonly kind: 'written' | 'changed'; readonly contact: Contact }
  /** A colleague is taking the client at this moment. */
  | { readonly kind: 'held'; readonly by: string | null }
  /**
   * `unreachable`: the CRM did not answer, so nothing was written. `budget-gone`: nothing was written, because the
   * company's daily budget is used up. `unknown`: the write may have happened.
   */
  | {
      readonly kind:
        | 'unknown'
        | 'too-many'
        | 'forbidden'
        | 'missing'
        | 'refused'
        | 'unreachable'
        | 'budget-gone';
    };

/** Throws a `Failure` and nothing else. */
export type Take = (claim: ClaimRequest) => Promise<Taken>;

export function takeThrough(
  reached: Reached,
  addressOf: (contactId: string) => string,
  knowChange: HostPage['knowChange'],
): Take {
  const ask = clientOf(reached);
  const shown = ({ phones, dealIds, ...one }: InferOutput<typeof contact>): Contact => ({
    ...one,
    phones: phones.items,
    dealIds: dealIds.items,
    address: addressOf(one.id),
    readAt: Math.floor(Date.now() / 1000),
  });
  return async claim => {
    const { value } = await ask({
      method: 'POST',
      path: '/claims/take',
      body: { claim },
      schema: answer,
      patienceMs: PATIENCE_MS,
    });
    if (!value) return { kind: 'unknown' };
    const { kind, by, stamp } = value;
    if (stamp !== null) knowChange?.(claim.contact, stamp);
    if (kind === 'held') return { kind, by };
    if (kind !== 'written' && kind !== 'changed') return { kind };
    // Without the client's record the outcome is unknown, and the caller reads the client again.
    return value.contact ? { kind, contact: shown(value.contact) } : { kind: 'unknown' };
  };
}
