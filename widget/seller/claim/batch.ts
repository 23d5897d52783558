/** Reads and writes one client or many in a single request, because the marketplace forbids requests in loops. */
import { isOneOf } from '../../../domain/one-of.ts';
import type { Contact, HostRecords } from '../../host/host.ts';
import { asFailure, Failure } from '../../http/failure.ts';

/** The maximum number of requests to find the clients that made the CRM refuse a batch. */
const MOST_PARTS = 8;

export type ClaimCrm = Pick<HostRecords, 'contact' | 'contacts' | 'setOwner' | 'setOwners'>;

/** Returns a lookup of each client, or of the failure to read them. Never throws. */
export async function readAll(
  crm: ClaimCrm,
  ids: readonly string[],
): Promise<(contactId: string) => Contact | Failure> {
  try {
    const [only] = ids;
    const read = ids.length === 1 && only ? [await crm.contact(only)] : await crm.contacts(ids);
    const byId = new Map(read.map(one => [one.id, one]));
    return id => byId.get(id) ?? new Failure('missing', 'crm');
  } catch (thrown) {
    const failure = asFailure(thrown);
    return () => failure;
  }
}

export type Writing = {
  readonly ownerId: string;
  /** Checked right before each request. */
  readonly isDue: () => boolean;
};

/**
 * Returns a failure for each client that was not written. Never throws. A single client that I may not change makes the
 * CRM refuse the whole batch, and the others may or may not be written. So the clients are read, and the unwritten ones
 * are tried again in smaller parts: first by owner, because rights depend on the owner.
 */
export async function writeAll(
  crm: ClaimCrm,
  ids: readonly string[],
  writing: Writing,
): Promise<ReadonlyMap<string, Failure>> {
  const failures = new Map<string, Failure>();
  const parts = [ids];
  for (let sent = 0; ; sent += 1) {
    const part = parts.shift();
    if (!part) return failures;
    const failure = await write(crm, part, writing, failures);
    if (!failure) continue;
    const isAboutOne = isOneOf(failure.code, ['forbidden', 'refused', 'missing']);
    if (part.length > 1 && isAboutOne && sent < MOST_PARTS)
      parts.push(...(sent === 0 ? await unwritten(crm, part, writing.ownerId) : halves(part)));
    else part.forEach(id => failures.set(id, failure));
  }
}

async function write(
  crm: ClaimCrm,
  ids: readonly string[],
  { ownerId, isDue }: Writing,
  failures: Map<string, Failure>,
): Promise<Failure | null> {
  try {
    const [only] = ids;
    if (ids.length === 1 && only) {
      await crm.setOwner(only, ownerId, isDue);
      return null;
    }
    const recorded = new Set(await crm.setOwners(ids, ownerId, isDue));
    for (const id of ids) if (!recorded.has(id)) failures.set(id, new Failure('unreadable', 'crm'));
    return null;
  } catch (thrown) {
    return asFailure(thrown);
  }
}

const halves = (ids: readonly string[]): readonly (readonly string[])[] => {
  const middle = Math.ceil(ids.length / 2);
  return [ids.slice(0, middle), ids.slice(middle)];
};

async function unwritten(
  crm: ClaimCrm,
  ids: readonly string[],
  ownerId: string,
): Promise<readonly (readonly string[])[]> {
  const read = await readAll(crm, ids);
  const ownerOf = (id: string): string | null | undefined => {
    const one = read(id);
    return one instanceof Failure ? undefined : one.ownerId;
  };
  const left = ids.filter(id => ownerOf(id) !== ownerId);
  const parts = [...new Set(left.map(ownerOf))].map(owner => left.filter(id => ownerOf(id) === owner));
  return parts.flatMap(part => (part.length === ids.length ? halves(part) : [part]));
}
