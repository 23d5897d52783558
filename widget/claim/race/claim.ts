/**
 * Taking a client over in the CRM, free of any screen: read, remember, write, and then read until the log of changes and
 * the contact agree. The CRM lets the last write win, so only the log (race.ts) tells who was first.
 *
 * What it guarantees: the client always has exactly one responsible. If everybody whose write was recorded lives to
 * see it, where a reload counts as living, the responsible is the first whom the CRM recorded, and every screen
 * says so once it has read again. Should a later claimer's browser die before it hands back, they stay
 * responsible; the first is told and may take the client back, but nothing is ever taken back by itself.
 */
import type { Contact } from '../../host/host.ts';
import { asFailure, leavesOpen } from '../../http/failure.ts';
import { lookAt } from './look.ts';
import type { ClaimGiven, CrmOutcome, Press } from './press.ts';
import { RACE_SECONDS, turnOf } from './race.ts';
import { read, write, type ClaimCrm } from './record.ts';
import { settle } from './settle.ts';
import { WATCHING } from './watch.ts';

/** While the log shows a race that is not over. Milliseconds. */
const HANDING_BACK = [400, 1200, 3000];
const MOST_TRIES = 3;
const BREATH_MS = 1000;

export async function claimClient(given: ClaimGiven, press: Press): Promise<void> {
  const { crm, me, show } = given;
  for (let attempt = 1; ; attempt += 1) {
    show({ kind: 'writing' });
    const before = await read(crm, press.contactId);
    if (before.kind !== 'read') return show(before);
    const { contact } = before;
    if (contact.ownerId === me) return show({ kind: 'mine', contact });
    if (contact.ownerId !== press.basedOn) return follow(given, press, contact);
    const recent = press.fromColleague ? await recentTurn(crm, contact) : null;
    if (recent) return show(recent);

    const since = contact.readAt - (press.fromColleague ? RACE_SECONDS : 1);
    const intent = { contactId: contact.id, basedOn: press.basedOn, since };
    given.keep(intent);
    const unanswered = await write(crm, contact.id, me);
    if (!unanswered || leavesOpen(unanswered)) return settle(given, intent, unanswered);
    given.drop(contact.id);
    if (unanswered.code !== 'too-many' || attempt === MOST_TRIES)
      return show(
        unanswered.code === 'forbidden' ? { kind: 'forbidden' } : { kind: 'failed', failure: unanswered },
      );
    if (!(await given.pause(unanswered.retryAfterMs ?? BREATH_MS))) return;
  }
}

/** Tells who was faster, though nothing was written: whoever the CRM shows may have lost too, and has to hand back. */
async function follow(given: ClaimGiven, { basedOn }: Press, contact: Contact): Promise<void> {
  const race = { contactId: contact.id, basedOn, since: contact.readAt - RACE_SECONDS };
  for (const [at, ms] of [0, ...HANDING_BACK, ...WATCHING].entries()) {
    if (ms > 0 && !(await given.pause(ms))) return;
    const look = await lookAt(given, race);
    if (look.kind === 'read' && look.verdict.kind === 'lost')
      given.show({ kind: 'taken', turn: look.verdict.turn, iWasFirst: false });
    else if (look.kind === 'read' && look.changes > 0 && at < HANDING_BACK.length)
      given.show({ kind: 'checking' });
    else given.show({ kind: 'changed', contact: look.kind === 'read' ? look.contact : contact });
  }
}

/** A client who has just changed hands cannot be taken: the owner may not even know yet. */
async function recentTurn(crm: ClaimCrm, contact: Contact): Promise<CrmOutcome | null> {
  try {
    const since = contact.readAt - RACE_SECONDS;
    const changes = await crm.ownerChangesOf([contact.id], since);
    const last = changes
      .filter(({ after }) => after === contact.ownerId)
      .sort((one, other) => other.at - one.at)[0];
    return last ? { kind: 'too-soon', turn: turnOf(last) } : null;
  } catch (thrown) {
    return { kind: 'failed', failure: asFailure(thrown) };
  }
}
