/**
 * Claims as a page sees them, for stages without a database. This emulated server judges simply, by the first change
 * away from the owner that the page showed, and makes all follow-up changes in the emulated CRM at once, with the
 * person's rights. Its records end with the process.
 */
import * as v from 'valibot';
import { readOwnRules } from '../../domain/own-rules.ts';
import { readOwnSettings } from '../../domain/own-settings.ts';
import { bodyOf } from '../../server/http/body.ts';
import type { FollowNow } from '../../server/follow/following.ts';
import { Refused } from '../../server/http/refusal.ts';
import type { World } from '../world/world.ts';

const GRANT_MS = 30_000;

const id = v.pipe(v.string(), v.regex(/^\d{1,18}$/));
const text = v.string();
const plan = v.strictObject({
  deals: v.nullable(v.array(v.strictObject({ id, fromId: v.nullable(id) }))),
  note: v.nullable(text),
  task: v.nullable(v.strictObject({ forId: id, text })),
  answer: v.nullable(v.strictObject({ taskId: id, text })),
  undoes: v.nullable(text),
});
const claimed = { press: v.pipe(text, v.uuid()), contact: id, base: v.nullable(id), to: id, plan };
const outcome = v.picklist(['written', 'unknown', 'stopped']);
const some = <T extends v.GenericSchema>(one: T) =>
  v.strictObject({ claims: v.pipe(v.array(one), v.minLength(1), v.maxLength(50)) });
const asked = some(v.strictObject(claimed));
const told = some(v.strictObject({ ...claimed, at: v.number(), outcome }));

type Claimed = v.InferOutput<typeof asked>['claims'][number];
type Move = { id: string; fromId: string | null; toId: string };
type Deal = { id: string; name: string | null; fate: string; owner: string | null };
type FollowUp = { kind: string; state: string; deals: Deal[] };
type Row = Claimed & {
  employeeId: string;
  grantedAt: number;
  at: number;
  state: 'granted' | 'judging' | 'stands' | 'void' | 'released' | 'lapsed';
  owner: string | null;
  since: number | null;
  chat: { readonly kind: string; readonly notNumbers: readonly string[] };
  followUps: FollowUp[];
  moves: Move[];
};
const chatIs = (kind: string): Row['chat'] => ({ kind, notNumbers: [] });
const withoutChat = (row: Row): Row => ({ ...row, chat: chatIs('waiting') });

export type EmulatedClaims = {
  readonly rows: Row[];
  /** The settings of the account's admins, as stored by the CRM. */
  settings: string;
};
export const emulatedClaims = (): EmulatedClaims => ({ rows: [], settings: '{}' });

export type ClaimsStage = {
  readonly world: World;
  readonly claims: EmulatedClaims;
  /** `null`: no chat service is connected. */
  readonly follow: FollowNow | null;
  /** Whether this person's claims may send the chat service a client that it does not know. */
  readonly mayTell: () => Promise<boolean>;
};

/** Undefined for requests that are not about claims. */
export async function answerClaims(
  request: Request,
  stage: ClaimsStage,
  employeeId: string,
): Promise<Response | undefined> {
  const { pathname, searchParams } = new URL(request.url);
  const { rows } = stage.claims;
  const answers: Row[] = [];
  switch (`${request.method} ${pathname}`) {
    case 'POST /claims': {
      const { claims } = await bodyOf(request, asked);
      return Response.json({ claims: claims.map(one => granted(one, stage, employeeId)) });
    }
    case 'POST /claims/told':
      for (const { outcome, at, ...one } of (await bodyOf(request, told)).claims) {
        const row = rowOf(one, stage, employeeId);
        row.at = at;
        if (row.state === 'granted' || row.state === 'released')
          row.state = outcome === 'stopped' ? 'released' : 'judging';
        await work(row, stage);
        answers.push(row);
      }
      // A report of several claims does not wait for the chat service.
      return Response.json({ claims: answers.length === 1 ? answers : answers.map(withoutChat) });
    case 'GET /claims': {
      const contact = searchParams.get('contact');
      const row = rows.findLast(one => one.contact === contact && one.employeeId === employeeId);
      if (row) await work(row, stage);
      return Response.json({ claim: row ? withoutChat(row) : null });
    }
    default:
      return undefined;
  }
}

function granted(one: Claimed, { claims, world }: ClaimsStage, employeeId: string) {
  const now = world.clock.now();
  const { press, contact } = one;
  const holder = claims.rows.find(
    row =>
      row.contact === contact &&
      row.state === 'granted' &&
      row.employeeId !== employeeId &&
      now - row.grantedAt < GRANT_MS,
  );
  if (holder && world.crm.contactFor(Number(employeeId), Number(contact)))
    return { press, kind: 'held', by: holder.employeeId };
  rowOf(one, { claims, world }, employeeId).grantedAt = now;
  return { press, kind: 'granted' };
}

function rowOf(
  one: Claimed,
  { claims, world }: Pick<ClaimsStage, 'claims' | 'world'>,
  employeeId: string,
): Row {
  const known = claims.rows.find(({ press }) => press === one.press);
  if (known) return known;
  const at = Math.floor(world.clock.now() / 1000);
  const unknown = { owner: null, since: null, chat: chatIs('waiting'), followUps: [], moves: [] };
  const row: Row = { ...one, ...unknown, employeeId, grantedAt: 0, at, state: 'granted' };
  claims.rows.push(row);
  return row;
}

/** Makes that colleague a recent claimant of the client. */
export function hold(
  world: World,
  claims: EmulatedClaims,
  [person, contact]: readonly [number, number],
): void {
  const none = { deals: null, note: null, task: null, answer: null, undoes: null };
  const one = { press: `of ${person}`, contact: String(contact), base: null, to: String(person), plan: none };
  rowOf(one, { world, claims }, String(person)).grantedAt = world.clock.now();
}

/** Reads the client, judges the claim, and makes the remaining changes. */
async function work(row: Row, stage: ClaimsStage): Promise<void> {
  const { crm, clock } = stage.world;
  const wasJudging = row.state === 'judging';
  const changes = crm.ownerChanges.filter(
    one => one.entityType === 'contact' && String(one.entityId) === row.contact && one.createdAt >= row.at,
  );
  const first = changes.find(one => String(one.before) === row.base);
  if (wasJudging && first && first.readableAt <= clock.now()) {
    const isMine = String(first.createdBy) === row.employeeId && String(first.after) === row.to;
    Object.assign(row, {
      state: isMine ? 'stands' : 'void',
      since: first.createdAt,
      owner: String(first.after),
    });
    if (isMine) row.followUps = followUpsOf(row, stage);
    // A colleague was faster, so they get the client back.
    else if (String(changes.at(-1)?.createdBy) === row.employeeId)
      crm.changeContact(first.after, Number(row.contact), { responsibleUserId: first.after });
  }
  const isDue = wasJudging || ['waiting', 'failed'].includes(row.chat.kind);
  if (isDue && ['judging', 'stands', 'void'].includes(row.state)) row.chat = await chatOf(row, stage);
}

async function chatOf({ contact, moves }: Row, { follow, mayTell }: ClaimsStage): Promise<Row['chat']> {
  if (!follow) return chatIs('not-connected');
  const patience = AbortSignal.timeout(GRANT_MS);
  const name = `contact ${contact}` as const;
  try {
    if (!(await follow.knows(name)) && !(await mayTell())) return chatIs('no-role');
    await follow.adopt(name);
    const client = await follow.now(name, patience);
    for (const { id } of moves) {
      await follow.adopt(`deal ${id}`);
      await follow.now(`deal ${id}`, patience);
    }
    return { ...chatIs('waiting'), ...client };
  } catch (error) {
    if (error instanceof Refused) return chatIs('failed');
    throw error;
  }
}

function followUpsOf(row: Row, stage: ClaimsStage): FollowUp[] {
  const { crm, clock } = stage.world;
  const { plan, contact, to } = row;
  const me = Number(row.employeeId);
  const undone = stage.claims.rows.find(({ press }) => press === plan.undoes);
  const named = (words: string): string =>
    words.replaceAll(/@\[(\w+)\]/g, (_, person: string) => crm.users.get(Number(person))?.name ?? person);
  const subject = { entityType: 'contacts', entityId: Number(contact) } as const;
  const complete = (taskId: number, result: string): unknown =>
    crm.changeTask(me, taskId, { isCompleted: true, result });
  const did = (kind: string, wrote: unknown, deals: Deal[] = []): FollowUp[] =>
    wrote === null ? [] : [{ kind, state: typeof wrote === 'string' ? 'refused' : 'done', deals }];

  const moves = undone
    ? undone.moves.map(({ id, fromId }) => ({ id, fromId: undone.to, toId: fromId ?? to }))
    : movesFor(row, stage);
  const deals = moves.map(move => moved(move, me, stage.world));
  row.moves = moves.filter((_, at) => deals[at]?.fate === 'moved');
  const isNoted = plan.note !== null && (!undone || undone.plan.note !== null);
  for (const one of undone?.plan.task ? crm.tasks.values() : [])
    if (one.entityId === subject.entityId && one.createdBy === me) complete(one.id, named(plan.note ?? ''));
  const task = plan.task && {
    ...subject,
    responsibleUserId: Number(plan.task.forId),
    text: named(plan.task.text),
    completeTill: Math.floor(clock.now() / 1000) + 24 * 3600,
  };
  return [
    ...did('deals', deals.length > 0 || null, deals),
    ...did('note', isNoted ? crm.addNote(me, subject, named(plan.note ?? '')) : null),
    ...did('task', task && crm.writeTask(me, task)),
    ...did('answer', plan.answer && complete(Number(plan.answer.taskId), plan.answer.text)),
  ];
}

/** If the page did not know the deals: the deals that the rules always include. */
function movesFor({ plan, contact, base, to }: Row, { world: { crm }, claims }: ClaimsStage): Move[] {
  if (plan.deals) return plan.deals.map(move => ({ ...move, toId: to }));
  if (readOwnRules(claims.settings).claims.deals !== 'always') return [];
  const { standInOwners } = readOwnSettings(claims.settings);
  return [...crm.leads.values()]
    .filter(one => one.closedAt === null && one.contactIds.includes(Number(contact)))
    .map(one => ({ id: String(one.id), fromId: String(one.responsibleUserId), toId: to }))
    .filter(({ fromId }) => fromId === base || standInOwners.includes(fromId));
}

function moved({ id, fromId, toId }: Move, me: number, { crm }: World): Deal {
  const lead = crm.leadFor(me, Number(id));
  if (!lead) return { id, name: null, fate: 'missing', owner: null };
  const owner = String(lead.responsibleUserId);
  if (owner !== fromId || lead.closedAt !== null) return { id, name: lead.name, fate: 'changed', owner };
  const isRefused = typeof crm.assignLead(me, lead.id, Number(toId)) === 'string';
  return { id, name: lead.name, fate: isRefused ? 'refused' : 'moved', owner: isRefused ? owner : toId };
}
