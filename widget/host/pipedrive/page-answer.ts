/**
 * One answer of our server with everything that a page of ours needs to begin: the person, the account, the employees and
 * the client. It is requested with `fetch`, because a panel's first face includes no HTTP library.
 */
import {
  boolean,
  custom,
  nullable,
  nullish,
  number,
  pipe,
  safeParse,
  string,
  transform,
  type InferOutput,
} from 'valibot';
import { words } from '../../http/fields.ts';
import { listed } from '../../http/listed.ts';
import { object } from '../../http/object.ts';
import type { HostRecords } from '../host.ts';
import type { Shown } from './address.ts';
import { readIn, recordId } from './ids.ts';

const PATIENCE_MS = 12_000;

const client = object({
  /** `null` if a deal has no main person, or one that I may not see. */
  contactId: nullable(recordId),
  dealId: nullish(recordId, null),
  /** The deal may have other people. */
  hasOthers: nullish(boolean(), false),
  name: words,
  /** Missing if `contactId` is `null`. */
  ownerId: nullish(recordId, null),
  visibleTo: nullish(number(), null),
});
/** The right to learn that the client has another owner (watching.ts). `stamp` stands for the owner in this answer. */
export const watch = object({ key: string(), stamp: nullable(string()) });
const pageAnswer = object({
  me: object({ id: recordId, name: words, isAdmin: boolean(), phone: words }),
  account: object({ id: recordId, country: words, origin: string() }),
  locale: words,
  employees: listed(
    object({
      id: recordId,
      name: words,
      isActive: boolean(),
      isAdmin: boolean(),
      seesAll: nullish(boolean(), false),
      groupId: words,
      email: words,
    }),
  ),
  /** `null` if this employee may not read them. */
  groups: nullish(
    pipe(
      listed(object({ id: recordId, name: words, parentId: nullish(recordId, null) })),
      transform(({ items }) => items),
    ),
    null,
  ),
  client: nullish(client, null),
  watch: nullish(watch, null),
  /** What the account's admins have set, and its version. The first face shows by it whose clients are free. */
  ownSettings: object({
    version: string(),
    settings: custom<object | null>(value => typeof value === 'object'),
  }),
});
export type PageAnswer = InferOutput<typeof pageAnswer>;

export type PageRead =
  | { readonly kind: 'read'; readonly answer: PageAnswer }
  /** `not-allowed`: this person gave our server no access. `too-many`: the company's daily budget is used up. */
  | { readonly kind: 'not-allowed' | 'unknown-account' | 'signed-out' | 'too-many' | 'failed' };

/** Never throws. */
export async function readPage(
  gateway: string,
  proof: HostRecords['proof'],
  shown: Shown,
): Promise<PageRead> {
  const deal = shown.kind === 'person' && shown.dealId !== undefined ? `&deal=${shown.dealId}` : '';
  const query = shown.kind === 'other' ? '' : `?resource=${shown.kind}&id=${shown.id}${deal}`;
  const ask = async (): Promise<PageRead> => {
    const { response, body } = await asked(`${gateway}/page${query}`, proof);
    if (!response.ok) return { kind: refusalOf(response.status, readIn(body, 'error')) };
    const { success, output } = safeParse(pageAnswer, body);
    return success ? { kind: 'read', answer: output } : { kind: 'failed' };
  };
  return ask().catch(() => ({ kind: 'failed' }));
}

type Asked = { readonly response: Response; readonly body: unknown };

/** Asks our server. If it refuses the proof, asks once more with a new one. */
export async function asked(address: string, proof: HostRecords['proof'], refused?: string): Promise<Asked> {
  const token = await proof(refused);
  const answer = await answered(address, token);
  const isRefused = answer.response.status === 401 && refused === undefined;
  return isRefused ? asked(address, proof, token) : answer;
}

async function answered(address: string, token: string): Promise<Asked> {
  const patience = new AbortController();
  const late = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const response = await fetch(address, { headers: { 'X-Auth-Token': token }, signal: patience.signal });
    return { response, body: await response.json().catch(() => null) };
  } finally {
    clearTimeout(late);
  }
}

function refusalOf(status: number, code: unknown): Exclude<PageRead['kind'], 'read'> {
  if (code === 'ACCOUNT_UNKNOWN') return 'unknown-account';
  if (code === 'GRANT_MISSING' || code === 'CRM_NEEDS_REAUTH') return 'not-allowed';
  if (code === 'CRM_BUDGET_GONE') return 'too-many';
  return status === 401 ? 'signed-out' : 'failed';
}
