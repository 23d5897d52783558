/**
 * How a page has our server take a client for the person: one request in which the server grants, reads, writes and notes. It is
 * for CRMs whose pages do not write by themselves. The same call again is about the same press, which is written once.
 */
import { nullish, picklist, string, type InferOutput } from 'valibot';
import type { Contact, HostPage } from '../host/host.ts';
import { id, words } from '../http/fields.ts';
import { listed } from '../http/listed.ts';
import { object } from '../http/object.ts';
import type { ClaimRequest } from './claim.ts';
import { clientOf, type Reached } from './server.ts';

/** The server itself waits for the CRM three times at most, and for so long at most before it writes. */
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
  ]),
  by: nullish(id, null),
  contact: nullish(contact, null),
  /** Of the owner whom the server has read. */
  stamp: nullish(string(), null),
});

export type Taken =
  /** `changed`: somebody else is responsible than the person saw, and nothing was written. */
  | { readonly kind: 'written' | 'changed'; readonly contact: Contact }
  /** Who is taking the client just now. */
  | { readonly kind: 'held'; readonly by: string | null }
  /** `unreachable`: nothing was written, because the CRM did not answer. `unknown`: it may have been. */
  | { readonly kind: 'unknown' | 'too-many' | 'forbidden' | 'missing' | 'refused' | 'unreachable' };

/** Throws a `Failure`. */
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
    // It may have been done: what there is of the client is read then.
    return value.contact ? { kind, contact: shown(value.contact) } : { kind: 'unknown' };
  };
}
