/**
 * `POST /claims`: a page asks for clients before it changes their owner. `POST /claims/told`: it reports its writes.
 * `GET /claims?contact=501`: the status of the caller's own latest claim of this client. `POST /claims/take`: where the CRM's
 * page cannot write by itself, the server does all of it for one client, as the caller.
 *
 * A page can change nothing here but its own claims. The server reads in the CRM whose client it is.
 */
import { Hono } from 'hono';
import * as v from 'valibot';
import type { AccountEnv } from '../call.ts';
import { namedId } from '../http/named-id.ts';
import { bodyOf } from '../http/body.ts';
import type { CrmTaking } from '../crm/taking.ts';
import type { HeardOwner } from '../hooks/heard-owners.ts';
import { Refused } from '../http/refusal.ts';
import type { ClaimRequest, ClaimReport, GrantAnswer } from './claim.ts';
import type { Claims } from './claims.ts';
import { claimStatus, type ChatStatus } from './claim-status.ts';
import { take } from './take.ts';

const MOST = 50;
const LONGEST_TEXT = 20_000;
const MOST_DEALS = 50;

const owner = v.nullable(namedId);
const press = v.pipe(v.string(), v.uuid());
const text = v.pipe(v.string(), v.maxLength(LONGEST_TEXT));
const plan = v.strictObject({
  deals: v.nullable(v.pipe(v.array(v.strictObject({ id: namedId, fromId: owner })), v.maxLength(MOST_DEALS))),
  note: v.nullable(text),
  task: v.nullable(v.strictObject({ forId: namedId, text })),
  answer: v.nullable(v.strictObject({ taskId: namedId, text })),
  undoes: v.nullable(press),
});
const asked = { press, contact: namedId, base: owner, to: namedId, plan };
const ofSeveral = <S extends v.GenericSchema>(one: S) =>
  v.strictObject({ claims: v.pipe(v.array(one), v.minLength(1), v.maxLength(MOST)) });
const asking = ofSeveral(v.strictObject(asked));
const taking = v.strictObject({ claim: v.strictObject(asked) });
const reporting = ofSeveral(
  v.strictObject({
    ...asked,
    at: v.pipe(v.number(), v.integer(), v.minValue(0)),
    outcome: v.picklist(['written', 'unknown', 'stopped']),
  }),
);
/** Each claim contains three texts, which may be long. */
const LIMIT_BYTES = 4_000_000;

type Asking = v.InferOutput<typeof asking>['claims'][number];
type Reporting = v.InferOutput<typeof reporting>['claims'][number];

const requestFrom = ({ press, contact, base, to, plan }: Asking): ClaimRequest => ({
  press,
  contactId: contact,
  base,
  toId: to,
  plan,
});
const reportFrom = ({ outcome, at, ...asked }: Reporting): ClaimReport => ({
  ...requestFrom(asked),
  outcome,
  at,
});

export type ClaimRoutesGiven = {
  readonly claims: Claims;
  /** Whether the employee can see the client in the CRM. */
  readonly sees: (accountId: string, employeeId: string, contactId: string) => Promise<boolean>;
  /** Null for a CRM whose page writes by itself. */
  readonly takingIn: (accountId: string, leaving: AbortSignal) => Promise<CrmTaking | null>;
  /** The server has just read in the CRM whose client this is. Resolves to the stamp of it, as pages that watch get it. */
  readonly heard: (accountId: string, owner: HeardOwner) => Promise<string | null>;
  /** Queues a look at these clients. */
  readonly hint: (accountId: string, contactIds: readonly string[]) => Promise<void>;
  /** Waits until the chat service is up to date about the client, if the caller may have it updated. */
  readonly chatOf: (env: AccountEnv['Bindings'], contactId: string) => Promise<ChatStatus>;
};

export function claimRoutes({
  claims,
  sees,
  takingIn,
  heard,
  hint,
  chatOf,
}: ClaimRoutesGiven): Hono<AccountEnv> {
  const { store } = claims;
  const isSeen = ({ account, caller }: AccountEnv['Bindings'], contactId: string): Promise<boolean> =>
    sees(account.id, caller.employeeId, contactId).catch(() => false);
  const status = (env: AccountEnv['Bindings'], contactId: string, of: string | null, chat: ChatStatus) => {
    const whose = { accountId: env.account.id, employeeId: env.caller.employeeId, contactId };
    return claimStatus(claims, whose, () => isSeen(env, contactId), of, chat);
  };

  /** Says `granted` to a caller who may not see the client, so that they learn nothing. The CRM will refuse their write. */
  const answerOf = async (
    env: AccountEnv['Bindings'],
    answer: GrantAnswer,
    contactId: string,
  ): Promise<GrantAnswer> =>
    answer.kind !== 'held' || (await isSeen(env, contactId))
      ? answer
      : { press: answer.press, kind: 'granted' };

  return new Hono<AccountEnv>()
    .post('/claims', async ({ env, req }) => {
      const wanted = (await bodyOf(req.raw, asking, LIMIT_BYTES)).claims.map(requestFrom);
      const answers = await store.grant(env.account.id, env.caller.employeeId, wanted, claims.now());
      const visible = answers.map((answer, at) => answerOf(env, answer, wanted[at]?.contactId ?? ''));
      return Response.json({ claims: await Promise.all(visible) });
    })
    .post('/claims/take', async ({ env, req }) => {
      const { account, caller } = env;
      // Not aborted with the request, because a write under way must be recorded even if the page is gone.
      const crm = await takingIn(account.id, new AbortController().signal);
      if (!crm) throw new Refused('ROUTE_UNKNOWN');
      const asked = requestFrom((await bodyOf(req.raw, taking, LIMIT_BYTES)).claim);
      const whose = { accountId: account.id, employeeId: caller.employeeId };
      const taken = await take({ store, crm, now: claims.now, whose }, asked);
      const { contactId, press } = asked;
      const stamp =
        'contact' in taken
          ? await heard(account.id, { contactId, ownerId: taken.contact.ownerId, at: null })
          : null;
      await hint(account.id, [contactId]);
      // A caller who may not see the client learns nothing about colleagues.
      const isHidden = taken.kind === 'held' && !(await isSeen(env, contactId));
      return Response.json({ press, stamp, ...(isHidden ? { kind: 'missing' } : taken) });
    })
    .post('/claims/told', async ({ env, req }) => {
      const { account, caller } = env;
      const reports = (await bodyOf(req.raw, reporting, LIMIT_BYTES)).claims.map(reportFrom);
      await store.report(account.id, caller.employeeId, reports, claims.now());
      const contactIds = reports.map(({ contactId }) => contactId);
      await hint(account.id, contactIds);
      const [only] = reports;
      const waits = reports.length === 1 && only && only.outcome !== 'stopped';
      const chat: ChatStatus = waits
        ? await chatOf(env, only.contactId)
        : { kind: 'waiting', notNumbers: [] };
      const all = reports.map(one => status(env, one.contactId, one.press, chat));
      return Response.json({ claims: (await Promise.all(all)).filter(one => one !== null) });
    })
    .get('/claims', async ({ env, req }) => {
      const { success, output } = v.safeParse(v.strictObject({ contact: namedId }), req.query());
      if (!success) throw new Refused('ROUTE_UNKNOWN');
      return Response.json({
        claim: await status(env, output.contact, null, { kind: 'waiting', notNumbers: [] }),
      });
    });
}
