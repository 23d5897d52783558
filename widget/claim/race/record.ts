/** The contact in the CRM, read and written without throwing. */
import type { Contact, HostRecords } from '../../host/host.ts';
import { asFailure, type Failure } from '../../http/failure.ts';

export type ClaimCrm = Pick<HostRecords, 'contact' | 'setOwner' | 'ownerChangesOf'>;

export async function read(
  crm: ClaimCrm,
  contactId: string,
): Promise<
  | { readonly kind: 'read'; readonly contact: Contact }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly failure: Failure }
> {
  try {
    return { kind: 'read', contact: await crm.contact(contactId) };
  } catch (thrown) {
    const failure = asFailure(thrown);
    return failure.code === 'missing' ? { kind: 'missing' } : { kind: 'failed', failure };
  }
}

export async function write(crm: ClaimCrm, contactId: string, ownerId: string): Promise<Failure | null> {
  try {
    await crm.setOwner(contactId, ownerId);
    return null;
  } catch (thrown) {
    return asFailure(thrown);
  }
}
