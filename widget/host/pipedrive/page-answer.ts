/**
 * Everything that a page of ours needs before it can show anything, in one answer of our server: who looks, which account,
 * who works there, whose client is shown. Asked with `fetch`, because a panel's first face carries no HTTP library.
 */
import { boolean, custom, nullable, nullish, safeParse, string, type InferOutput } from 'valibot';
import { words } from '../../http/fields.ts';
import { listed } from '../../http/listed.ts';
import { object } from '../../http/object.ts';
import type { HostRecords } from '../host.ts';
import type { Shown } from './address.ts';
import { readIn, recordId } from './ids.ts';

const PATIENCE_MS = 12_000;

const client = object({
  /** `null`: a deal that is about nobody. */
  contactId: nullable(recordId),
  dealId: nullish(recordId, null),
  name: words,
  /** Missing where there is nobody. */
  ownerId: nullish(recordId, null),
  /** The CRM shows them to their owner and to followers alone. */
  isOwnersAlone: nullish(boolean(), false),
});
/** The right to learn that the client has another owner (watching.ts). `stamp`: of the owner who was read. */
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
      groupId: words,
      groupName: words,
      email: words,
    }),
  ),
  client: nullish(client, null),
  watch: nullish(watch, null),
  /** What the account's admins have set, by its version: the first face shows whose clients are free. */
  ownSettings: object({
    version: string(),
    settings: custom<object | null>(value => typeof value === 'object'),
  }),
});
export type PageAnswer = InferOutput<typeof pageAnswer>;

export type PageRead =
  | { readonly kind: 'read'; readonly answer: PageAnswer }
  /** `not-allowed`: this person has not let us act for them. `too-many`: the company's budget of the day is used up. */
  | { readonly kind: 'not-allowed' | 'unknown-account' | 'signed-out' | 'too-many' | 'failed' };

/** Never throws. */
export async function readPage(
  gateway: string,
  proof: HostRecords['proof'],
  shown: Shown,
): Promise<PageRead> {
  const query = shown.kind === 'other' ? '' : `?resource=${shown.kind}&id=${shown.id}`;
  const ask = async (): Promise<PageRead> => {
    const { response, body } = await asked(`${gateway}/page${query}`, proof);
    if (!response.ok) return { kind: refusalOf(response.status, readIn(body, 'error')) };
    const { success, output } = safeParse(pageAnswer, body);
    return success ? { kind: 'read', answer: output } : { kind: 'failed' };
  };
  return ask().catch(() => ({ kind: 'failed' }));
}

type Asked = { readonly response: Response; readonly body: unknown };

/** Asks our server, and once more with another proof where the first one was not accepted. */
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
