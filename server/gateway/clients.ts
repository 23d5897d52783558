/**
 * What an employee may tell the chat service about a client. A page could invent a client or rewrite somebody else's, and
 * would then see or hide their chats: so each is read in the CRM, and what stands there is sent. Administrators bring the whole
 * account up to date and are not held up; where there is no access to the CRM the role alone decides.
 */
import type { Context } from 'hono';
import * as v from 'valibot';
import { isAdmin, type CallEnv } from '../call.ts';
import { MOST_CONTACTS_OF_A_DEAL } from '../chat/wazzup/clients.ts';
import type { CrmRecords, RecordKind, Seen } from '../crm/amocrm/records.ts';
import { bodyOf, boundedJson } from './body.ts';
import type { Within } from './config.ts';
import { Refused } from './refusal.ts';
import { ask } from './service.ts';

/** As many clients as a seller takes over at once. */
const MOST = 50;

const id = v.pipe(v.string(), v.regex(/^[\w.:-]+$/));
const identity = v.looseObject({ chatType: v.string(), chatId: v.optional(v.string()) });
const told = v.pipe(
  v.array(v.looseObject({ id, responsibleUserId: v.string(), contactData: v.optional(v.array(identity)) })),
  v.maxLength(MOST),
);
type Told = v.InferOutput<typeof told>[number];
const named = v.array(v.looseObject({ id }));
const known = v.looseObject({
  responsibleUserId: v.nullish(v.string()),
  contactData: v.optional(v.array(identity), []),
});

const KINDS: Readonly<Record<string, RecordKind>> = { contacts: 'contacts', deals: 'leads' };
const kindIn = (path: string): RecordKind => {
  const kind = KINDS[path.split('/')[2] ?? ''];
  if (!kind) throw new Refused('ROUTE_UNKNOWN');
  return kind;
};

/** Null where there is nothing to check against, or nobody to check. */
const checking = ({ caller, config }: CallEnv['Bindings']): CrmRecords | null =>
  isAdmin(caller, config) ? null : (config.records ?? null);

/** `POST /v3/contacts` and `/v3/deals`. Refuses with NOT_AS_IN_CRM; nothing is sent then. */
export async function tellClients({ env, req }: Context<CallEnv>): Promise<Response> {
  const { caller, config } = env;
  const records = checking(env);
  const kind = kindIn(req.path);
  const send = async (
    body: unknown,
    numbersOf: (id: string) => readonly string[] = () => [],
  ): Promise<Response> => {
    const answer = await ask(config, { method: 'POST', path: req.path, body: JSON.stringify(body) });
    const sent = v.safeParse(named, body);
    // An answer that was lost may be of a write that was done.
    if (answer.ok || answer.status >= 500)
      for (const { id: name } of sent.success ? sent.output : [])
        await config.copies?.told(`${kind === 'contacts' ? 'contact' : 'deal'} ${name}`, numbersOf(name));
    return answer;
  };
  if (!records) return send(await bodyOf(req.raw, v.unknown()));
  const asked = await bodyOf(req.raw, told);
  const checked = await Promise.all(
    asked.map(async one => {
      const [seen, there] = await Promise.all([
        records.seenBy(caller.employeeId, kind, one.id),
        kind === 'contacts' ? knownThere(config, `${req.path}/${one.id}`) : null,
      ]);
      if (!seen) throw new Refused('NOT_AS_IN_CRM');
      return { whole: trueOf(kind, one, seen, there), made: madeBy(one, there) };
    }),
  );
  const made = new Map(checked.map(one => [one.whole.id, one.made]));
  return send(
    checked.map(({ whole }) => whole),
    name => made.get(name) ?? [],
  );
}

/**
 * What the page says, with what the CRM says now in its place: somebody else may have taken the client since the page wrote
 * there, and of a deal a page might name contacts that are not its own.
 */
function trueOf(kind: RecordKind, one: Told, seen: Seen, there: v.InferOutput<typeof known> | null): Told {
  const told = { ...one, responsibleUserId: seen.responsibleId };
  if (kind === 'contacts') return there ? withIdentities(told, there.contactData) : told;
  return { ...told, contacts: seen.contactIds.slice(0, MOST_CONTACTS_OF_A_DEAL), closed: !seen.isOpen };
}

/** Numbers under which the service did not know the client before: a page has them from the card. */
function madeBy({ contactData = [] }: Told, there: v.InferOutput<typeof known> | null): readonly string[] {
  const before = new Set((there?.contactData ?? []).map(({ chatId }) => chatId));
  return contactData.flatMap(({ chatId }) =>
    chatId !== undefined && /^\d{7,15}$/.test(chatId) && !before.has(chatId) ? chatId : [],
  );
}

/** `DELETE` of one. Whoever is responsible for a client there may give them back; what the CRM has no more may go. */
export async function forgetClient({ env, req }: Context<CallEnv>): Promise<Response> {
  const { caller, config } = env;
  const records = checking(env);
  if (records) {
    const there = await knownThere(config, req.path);
    const isTheirs = there === null || there.responsibleUserId === caller.employeeId;
    const recordId = req.path.split('/')[3] ?? '';
    const seen = isTheirs ? null : await records.seenBy(caller.employeeId, kindIn(req.path), recordId);
    if (!isTheirs && seen) throw new Refused('NOT_AS_IN_CRM');
  }
  return ask(config, { method: 'DELETE', path: req.path });
}

/** An identity that the service has learned is how its owner finds the chat: a page may add others and takes none away. */
function withIdentities(one: Told, there: v.InferOutput<typeof known>['contactData']): Told {
  const { contactData = [] } = one;
  const keyOf = ({ chatType, chatId = '' }: v.InferOutput<typeof identity>): string =>
    `${chatType} ${chatId}`;
  const named = new Set(contactData.map(keyOf));
  const missing = there.filter(identity => !named.has(keyOf(identity)));
  return missing.length === 0 ? one : { ...one, contactData: [...contactData, ...missing] };
}

/** Null when the service does not know it. */
async function knownThere(config: Within, path: string): Promise<v.InferOutput<typeof known> | null> {
  const answer = await ask(config, { method: 'GET', path });
  if (answer.status === 404 || answer.status === 204) return null;
  if (!answer.ok) throw new Refused(answer);
  const { success, output } = v.safeParse(v.pipe(boundedJson, known), await answer.text());
  if (!success) throw new Refused('SERVICE_UNREADABLE');
  return output;
}
