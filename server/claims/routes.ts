/**
 * `POST /claims`: a page asks for clients before it writes that somebody is responsible for them. `POST /claims/told`: what
 * became of it. `GET /claims?contact=501`: how the caller's own latest claim of this client stands. `POST /claims/take`: where
 * the CRM's page does not write by itself, the server does all of it for one client, as the caller.
 *
 * A page writes nothing here but its own claims: whose client it is, the server reads in the CRM.
 */
import { Hono } from 'hono';
import * as v from 'valibot';
import type { AccountEnv } from '../call.ts';
import { namedId } from '../http/named-id.ts';
import { bodyOf } from '../http/body.ts';
import type { CrmTaking } from '../crm/taking.ts';
import { Refused } from '../http/refusal.ts';
import type { ClaimAsked, ClaimTold, GrantAnswer } from './claim.ts';
import type { Claims } from './claims.ts';
import { shownClaim, type ChatShown } from './shown.ts';
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
const telling = ofSeveral(
  v.strictObject({
    ...asked,
    at: v.pipe(v.number(), v.integer(), v.minValue(0)),
    outcome: v.picklist(['written', 'unknown', 'stopped']),
  }),
);
/** Each text may be long, and there are three of them in each claim. */
const LIMIT_BYTES = 4_000_000;

type Asking = v.InferOutput<typeof asking>['claims'][number];
type Telling = v.InferOutput<typeof telling>['claims'][number];

const askedIn = ({ press, contact, base, to, plan }: Asking): ClaimAsked => ({
  press,
  contactId: contact,
  base,
  toId: to,
  plan,
});
const toldIn = ({ outcome, at, ...asked }: Telling): ClaimTold => ({ ...askedIn(asked), outcome, at });

export type ClaimRoutesGiven = {
  readonly claims: Claims;
  /** Whether the CRM shows them the client. */
  readonly sees: (accountId: string, employeeId: string, contactId: string) => Promise<boolean>;
  /** Null where the page writes by itself. */
  readonly takingIn: (accountId: string, leaving: AbortSignal) => Promise<CrmTaking | null>;
  /** Has these looked at soon: "contact 501". */
  readonly hint: (accountId: string, contactIds: readonly string[]) => Promise<void>;
  /** Waits until the chat service has been told of the client, as far as somebody may have it told. */
  readonly chatOf: (env: AccountEnv['Bindings'], contactId: string) => Promise<ChatShown>;
};

export function claimRoutes({ claims, sees, takingIn, hint, chatOf }: ClaimRoutesGiven): Hono<AccountEnv> {
  const { store } = claims;
  const isSeen = ({ account, caller }: AccountEnv['Bindings'], contactId: string): Promise<boolean> =>
    sees(account.id, caller.employeeId, contactId).catch(() => false);
  const shown = (env: AccountEnv['Bindings'], contactId: string, of: string | null, chat: ChatShown) => {
    const whose = { accountId: env.account.id, employeeId: env.caller.employeeId, contactId };
    return shownClaim(claims, whose, () => isSeen(env, contactId), of, chat);
  };

  /** Whoever may not see the client learns nothing: what they write the CRM refuses. */
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
      const wanted = (await bodyOf(req.raw, asking, LIMIT_BYTES)).claims.map(askedIn);
      const answers = await store.grant(env.account.id, env.caller.employeeId, wanted, claims.now());
      const told = answers.map((answer, at) => answerOf(env, answer, wanted[at]?.contactId ?? ''));
      return Response.json({ claims: await Promise.all(told) });
    })
    .post('/claims/take', async ({ env, req }) => {
      const { account, caller } = env;
      // Not ended with the request: what is being written is noted, whoever has left.
      const crm = await takingIn(account.id, new AbortController().signal);
      if (!crm) throw new Refused('ROUTE_UNKNOWN');
      const asked = askedIn((await bodyOf(req.raw, taking, LIMIT_BYTES)).claim);
      const whose = { accountId: account.id, employeeId: caller.employeeId };
      const taken = await take({ store, crm, now: claims.now, whose }, asked);
      await hint(account.id, [asked.contactId]);
      // Whoever may not see the client learns nothing of colleagues.
      const isHidden = taken.kind === 'held' && !(await isSeen(env, asked.contactId));
      return Response.json({ press: asked.press, ...(isHidden ? { kind: 'missing' } : taken) });
    })
    .post('/claims/told', async ({ env, req }) => {
      const { account, caller } = env;
      const said = (await bodyOf(req.raw, telling, LIMIT_BYTES)).claims.map(toldIn);
      await store.tell(account.id, caller.employeeId, said, claims.now());
      const contactIds = said.map(({ contactId }) => contactId);
      await hint(account.id, contactIds);
      const [only] = said;
      const waits = said.length === 1 && only && only.outcome !== 'stopped';
      const chat: ChatShown = waits ? await chatOf(env, only.contactId) : { kind: 'waiting', notNumbers: [] };
      const all = said.map(one => shown(env, one.contactId, one.press, chat));
      return Response.json({ claims: (await Promise.all(all)).filter(one => one !== null) });
    })
    .get('/claims', async ({ env, req }) => {
      const { success, output } = v.safeParse(v.strictObject({ contact: namedId }), req.query());
      if (!success) throw new Refused('ROUTE_UNKNOWN');
      return Response.json({
        claim: await shown(env, output.contact, null, { kind: 'waiting', notNumbers: [] }),
      });
    });
}
