/**
 * What the outbox keeps in this browser, for one person in one account: each entry under a key of its own, so that two
 * tabs never overwrite each other's. Ids, and a person's own words until they are sent. Where the browser forbids its storage or it is
 * full, entries live as long as the page.
 */
import {
  check,
  is,
  maxLength,
  nullable,
  number,
  optional,
  picklist,
  pipe,
  safeParse,
  string,
  transform,
  union,
  unknown,
  type GenericSchema,
} from 'valibot';
import { amount } from '../../http/fields.ts';
import { listed } from '../../http/listed.ts';
import { object } from '../../http/object.ts';
import type { FailureCode, Service } from '../../http/failure.ts';
import type { FollowUp } from './follow-up.ts';
import { allowed } from '../../allowed.ts';
import { keysIn } from '../../kept.ts';

/** Every key of the outbox in this browser begins so. */
export const OUTBOX_KEYS = 'crm-chat-roles:outbox:';

export type Entry = {
  /** Sorts by the order of making. */
  readonly id: string;
  readonly followUp: FollowUp;
  /** This and the next two: milliseconds since the epoch. */
  readonly madeAt: number;
  readonly dueAt: number;
  /** When something that must not happen twice was last sent; `null`: never. */
  readonly sentAt: number | null;
  readonly tries: number;
  /** Why the last try came to nothing. */
  readonly because: { readonly code: FailureCode; readonly service: Service } | null;
};

/** More than any card puts in: what is larger is not ours. */
const MOST_CHARACTERS = 50_000;
const MOST_DEALS = 10_000;

const contactId = string();
const text = pipe(string(), maxLength(MOST_CHARACTERS));
const followUp: GenericSchema<unknown, FollowUp> = union([
  object({ kind: picklist(['chat']), contactId, ownerId: string() }),
  object({
    kind: picklist(['deals']),
    contactId,
    whileOwnerId: string(),
    toId: string(),
    deals: pipe(
      listed(object({ id: string(), fromId: nullable(string()) })),
      transform(({ items }) => items),
      maxLength(MOST_DEALS),
    ),
  }),
  object({ kind: picklist(['note']), contactId, text }),
  object({ kind: picklist(['task']), contactId, forId: string(), text, dueAt: number() }),
  object({ kind: picklist(['answer']), contactId, taskId: string(), text }),
]);

/** The codes of failures that wait. */
const CODES: readonly FailureCode[] = [
  'no-answer',
  'timeout',
  'cancelled',
  'signed-out',
  'unpaid',
  'too-many',
  'down',
  'unreadable',
  'defect',
];
const moment = pipe(amount, number());
const reason = object({ code: picklist(CODES), service: picklist(['crm', 'chat', 'widget']) });
const entry: GenericSchema<unknown, Entry> = object({
  id: string(),
  followUp,
  madeAt: moment,
  dueAt: moment,
  sentAt: nullable(moment),
  tries: moment,
  // A code that a later version has named is no reason to forget what is still to be done.
  because: optional(
    pipe(
      unknown(),
      transform(because => (is(reason, because) ? because : null)),
    ),
    null,
  ),
});
const KINDS: ReadonlySet<string> = new Set<FollowUp['kind']>(['chat', 'deals', 'note', 'task', 'answer']);
/** What a later version has kept, in another tab or before this one was loaded again: it finds its own. */
const laterEntry = object({
  id: string(),
  followUp: object({
    kind: pipe(
      string(),
      check(kind => !KINDS.has(kind)),
    ),
  }),
});

export type OutboxStore = {
  /** In the order of making. */
  readonly all: () => readonly Entry[];
  readonly put: (entry: Entry) => void;
  readonly remove: (id: string) => void;
};

/** `storage` is asked for each time, because a browser may refuse to hand it out. */
export function outboxStore(
  storage: () => Storage,
  { account, person }: { readonly account: string; readonly person: string },
): OutboxStore {
  const prefix = `${OUTBOX_KEYS}${account}:v1:${person}:`;
  /** Of this page, as last put, and whether the browser took it. */
  const here = new Map<string, { readonly entry: Entry; readonly isKept: boolean }>();
  /** What was read last: the same text is not read again. */
  const read = new Map<string, { readonly text: string; readonly entry: Entry }>();
  /** Done, but the browser did not let them go. */
  const gone = new Set<string>();

  const keys = (): readonly string[] | null =>
    allowed(() => keysIn(storage(), key => key.startsWith(prefix)));
  const erase = (key: string): void => {
    if (!allowed(() => [storage().removeItem(key)])) gone.add(key);
  };
  const stored = (key: string): Entry | null => {
    const text = allowed(() => storage().getItem(key));
    if (text === null) return here.get(key)?.entry ?? null;
    const known = read.get(key);
    if (known?.text === text) return known.entry;
    const value = allowed((): unknown => JSON.parse(text));
    const { success, output } = safeParse(entry, value);
    if (success && key === prefix + output.id) {
      read.set(key, { text, entry: output });
      return output;
    }
    if (!is(laterEntry, value) || key !== prefix + value.id) erase(key);
    return null;
  };

  return {
    all() {
      const kept = keys();
      const known = kept ? [...here].flatMap(([key, { isKept }]) => (isKept ? [] : [key])) : here.keys();
      const all = [...new Set([...(kept ?? []), ...known])]
        .filter(key => !gone.has(key))
        .map(key => (here.get(key)?.isKept === false ? here.get(key)?.entry : stored(key)) ?? null)
        .filter(one => one !== null);
      return all.sort((one, other) => (one.id < other.id ? -1 : 1));
    },
    put(one) {
      const key = prefix + one.id;
      const isKept = allowed(() => [storage().setItem(key, JSON.stringify(one))]) !== null;
      here.set(key, { entry: one, isKept });
      // An older state must not come back with the next page: it does not know what was sent since.
      if (!isKept) allowed(() => storage().removeItem(key));
    },
    remove(id) {
      here.delete(prefix + id);
      read.delete(prefix + id);
      erase(prefix + id);
    },
  };
}
