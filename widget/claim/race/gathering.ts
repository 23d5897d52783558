/**
 * The CRM for many claims at once. Each claim asks for itself, as if it were alone; what is asked for in the same moment
 * goes out as one request, because the marketplace forbids requests in loops. One alone is asked for as ever.
 */
import { isOneOf } from '../../../domain/one-of.ts';
import type { HostRecords } from '../../host/host.ts';
import { asFailure, Failure } from '../../http/failure.ts';
import type { ClaimCrm } from './record.ts';

/** Claims that were begun together stay together for as long as their timers ring within this time. */
const MOMENT_MS = 10;
/** So many requests at most, to find out whom a refused batch was about. */
const MOST_PARTS = 8;

type Soon = (then: () => void) => void;
const inAMoment: Soon = then => void setTimeout(then, MOMENT_MS);

/** `answer` is asked about all at once, and answers for each. */
export function gather<A, T>(
  answer: (asked: readonly A[]) => Promise<(one: A) => T>,
  soon = inAMoment,
): (one: A) => Promise<T> {
  let waiting: A[] = [];
  let answering: Promise<(one: A) => T> | null = null;
  return async one => {
    waiting.push(one);
    answering ??= new Promise(resolve => {
      soon(() => {
        const all = waiting;
        waiting = [];
        answering = null;
        resolve(answer(all));
      });
    });
    return (await answering)(one);
  };
}

type Records = Pick<HostRecords, 'contact' | 'contacts' | 'setOwner' | 'setOwners' | 'ownerChangesOf'>;
type Write = { readonly contactId: string; readonly ownerId: string };

export function gatheredCrm(records: Records, soon = inAMoment): ClaimCrm {
  const contact = gather(async (asked: readonly string[]) => {
    const ids = [...new Set(asked)];
    const [only] = ids;
    const read = ids.length === 1 && only ? [await records.contact(only)] : await records.contacts(ids);
    const byId = new Map(read.map(one => [one.id, one]));
    return (id: string) => {
      const found = byId.get(id);
      if (!found) throw new Failure('missing', 'crm');
      return found;
    };
  }, soon);
  const setOwner = gather(async (asked: readonly Write[]) => {
    const failures = new Map<string, ReadonlyMap<string, Failure>>();
    for (const ownerId of new Set(asked.map(one => one.ownerId))) {
      const ids = asked.filter(one => one.ownerId === ownerId).map(one => one.contactId);
      failures.set(ownerId, await writeAll(records, [...new Set(ids)], ownerId));
    }
    return ({ contactId, ownerId }: Write) => {
      const failure = failures.get(ownerId)?.get(contactId);
      if (failure) throw failure;
    };
  }, soon);
  const changes = gather(async (asked: readonly { readonly id: string; readonly since: number }[]) => {
    const ids = [...new Set(asked.map(({ id }) => id))];
    const read = await records.ownerChangesOf(ids, Math.min(...asked.map(({ since }) => since)));
    return ({ id, since }) => read.filter(one => one.contactId === id && one.at >= since);
  }, soon);
  return {
    contact: id => contact(id),
    setOwner: (contactId, ownerId) => setOwner({ contactId, ownerId }),
    ownerChangesOf: async (ids, since) => (await Promise.all(ids.map(id => changes({ id, since })))).flat(),
  };
}

/**
 * Why some were not written. One that I may not change refuses the whole batch, and leaves open what became of the
 * others: so they are read, and those that are not written yet are tried again in smaller parts, first by their
 * owners, because that is what rights go by.
 */
async function writeAll(
  records: Records,
  ids: readonly string[],
  ownerId: string,
): Promise<ReadonlyMap<string, Failure>> {
  const failures = new Map<string, Failure>();
  const parts = [ids];
  for (let sent = 0; ; sent += 1) {
    const part = parts.shift();
    if (!part) return failures;
    const failure = await write(records, part, ownerId, failures);
    if (!failure) continue;
    const isAboutOne = isOneOf(failure.code, ['forbidden', 'refused', 'missing']);
    if (part.length > 1 && isAboutOne && sent < MOST_PARTS)
      parts.push(...(sent === 0 ? await unwritten(records, part, ownerId) : halves(part)));
    else part.forEach(id => failures.set(id, failure));
  }
}

async function write(
  records: Records,
  ids: readonly string[],
  ownerId: string,
  failures: Map<string, Failure>,
): Promise<Failure | null> {
  try {
    const [only] = ids;
    if (ids.length === 1 && only) {
      await records.setOwner(only, ownerId);
      return null;
    }
    const recorded = new Set(await records.setOwners(ids, ownerId));
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
  records: Records,
  ids: readonly string[],
  ownerId: string,
): Promise<readonly (readonly string[])[]> {
  const read = await records.contacts(ids).catch(() => null);
  if (!read) return halves(ids);
  const owners = new Map(read.map(one => [one.id, one.ownerId]));
  const left = ids.filter(id => owners.get(id) !== ownerId);
  const parts = [...new Set(left.map(id => owners.get(id)))].map(owner =>
    left.filter(id => owners.get(id) === owner),
  );
  return parts.flatMap(part => (part.length === ids.length ? halves(part) : [part]));
}
