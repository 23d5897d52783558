/**
 * What is not, or not yet, as it should be about the client of a round. Empty lists mean that the client has settled.
 */
import type { Page } from 'playwright';
import * as v from 'valibot';
import { NAMES } from '../../support/crm-steps.ts';
import { truthOf, type Meant, type MeantWrite, type Truth } from '../../support/claim-lives/truth.ts';
import { ADMIN, NOBODY } from '../../world/people.ts';
import type { World } from '../../world/world.ts';
import type { ProcessSite } from './process-site.ts';
import type { Asked, Seat } from './seat.ts';

const names = NAMES.ru;
const BUSY = /Берём клиента…|Узнаём у CRM|Мы проверяем|мы перестали спрашивать/;
const UNSURE = /Не удалось узнать у CRM|мы перестали спрашивать/;
const AGAIN = /^(Проверить|Повторить)$/;

export type Rest = {
  readonly world: World;
  readonly contactId: number;
  /** All claims that pages have asked the server for. */
  readonly asked: readonly Asked[];
};

/**
 * Derives the rightful owner from the CRM's log. Sellers press for themselves, a change by anyone else is an outside
 * order, and changes by the admin are repairs through the account's grant.
 */
export const truthIn = (rest: Rest): Truth => truthOf(String(NOBODY), writesIn(rest));

/** All writes in one line, for a developer who investigates a failed round. */
export const writesAsText = (rest: Rest): string =>
  writesIn(rest)
    .map(({ meant, after, at }) => {
      const how =
        meant.kind === 'press' ? `press ${meant.press.slice(0, 4)} of ${meant.from % 1000}` : meant.kind;
      return `${at % 1000}: ${how} to ${after}`;
    })
    .join(', ');

function writesIn({ world, contactId, asked }: Rest): readonly MeantWrite[] {
  const used = new Set<string>();
  const meantBy = (by: number, to: number): Meant => {
    if (by === ADMIN) return { kind: 'repair' };
    const theirs = asked.filter(
      one => one.contact === String(contactId) && one.by === by && one.to === String(to),
    );
    const press = theirs.find(one => !used.has(one.press)) ?? theirs.at(-1);
    if (!press) return { kind: 'order' };
    used.add(press.press);
    return { kind: 'press', press: press.press, base: press.base, from: press.from };
  };
  const changes = world.crm.ownerChanges.filter(
    one => one.entityType === 'contact' && one.entityId === contactId,
  );
  return changes.map(one => ({
    meant: meantBy(one.createdBy, one.after),
    after: String(one.after),
    at: one.createdAt,
  }));
}

/**
 * Returns what is wrong in the two systems: the CRM must have the rightful owner, and the chat service must agree with
 * the CRM.
 */
export function wrongOwners(rest: Rest): readonly string[] {
  const { world, contactId } = rest;
  const { owner, counted } = truthIn(rest);
  const inCrm = String(world.crm.contacts.get(contactId)?.responsibleUserId);
  const inChat = world.chat.contacts.get(String(contactId))?.responsibleUserId;
  // The chat service need not know a client that no seller has taken.
  const isTold = [...counted.values()].includes(true);
  const isSame = inChat === undefined ? inCrm === String(NOBODY) || !isTold : inChat === inCrm;
  return [
    ...(inCrm === owner ? [] : [`the CRM has ${inCrm}, rightfully it is ${owner}`]),
    ...(isSame ? [] : [`the chat service has ${inChat}, the CRM ${inCrm}`]),
  ];
}

/** Returns the open screens that do not show the CRM's current owner. */
export async function staleScreens(
  { world, contactId }: Rest,
  seats: readonly Seat[],
): Promise<readonly string[]> {
  const ownerId = world.crm.contacts.get(contactId)?.responsibleUserId ?? NOBODY;
  const isFree = ownerId === NOBODY;
  const theirs = `Отвечает: ${world.crm.users.get(ownerId)?.name}`;
  const shows = async (page: Page, text: string | RegExp): Promise<boolean> =>
    page.getByText(text).first().isVisible();
  const screens = seats.flatMap(seat =>
    seat.pages().map(async (page): Promise<string | null> => {
      const [isMine, isTheirs, isBusy] = await Promise.all([
        shows(page, names.mine),
        shows(page, isFree ? /Отвечает: / : theirs),
        shows(page, BUSY),
      ]).catch(() => [false, false, true]);
      const isTrue = isFree ? !isMine && !isTheirs : seat.seller === ownerId ? isMine : isTheirs && !isMine;
      if (isTrue && !isBusy) return null;
      // A card that could not find out the owner says so. The seller presses the button that it offers.
      if (await shows(page, UNSURE).catch(() => false))
        await page
          .getByRole('button', { name: AGAIN })
          .first()
          .click({ timeout: 1000 })
          .catch(() => undefined);
      // Until it is unfolded, a card shows the owner that the CRM's page was loaded with, as the page itself does.
      else if (seat.cameBack())
        await page
          .locator('.crm-chat-roles-caption')
          .click({ timeout: 1000, position: { x: 8, y: 8 } })
          .catch(() => undefined);
      const said = await page
        .locator('.card-widgets__widget', { has: page.locator('.crm-chat-roles-caption') })
        .ariaSnapshot()
        .catch(() => 'nothing');
      return `${seat.seller} is shown "${said.replaceAll('\n', ' | ')}", the CRM has ${ownerId}`;
    }),
  );
  return (await Promise.all(screens)).filter(one => one !== null);
}

const standing = v.object({
  claim: v.nullable(
    v.object({
      press: v.string(),
      state: v.string(),
      followUps: v.array(v.object({ state: v.string() })),
    }),
  ),
});

/**
 * Finds claims that are not decided, follow-ups that are waiting, and claims whose state contradicts the CRM's log.
 * `isUnheard`: a seller wrote without the server ever learning of it, because their browser could not reach the server
 * and never came back.
 */
export async function unfinishedClaims(
  rest: Rest,
  sellers: readonly number[],
  ask: ProcessSite['ask'],
): Promise<{ readonly open: readonly string[]; readonly isUnheard: boolean }> {
  const { counted } = truthIn(rest);
  const heard = new Set<number>();
  const open: string[] = [];
  for (const seller of sellers) {
    const answer = await ask(seller, `GET /claims?contact=${rest.contactId}`);
    if (!answer?.ok) {
      open.push(`the server answers ${seller} with ${answer?.status ?? 'nothing'}`);
      continue;
    }
    const { claim } = v.parse(standing, await answer.json());
    if (!claim) continue;
    heard.add(seller);
    if (['granted', 'judging'].includes(claim.state)) open.push(`the claim of ${seller} is ${claim.state}`);
    if (claim.followUps.some(one => one.state === 'waiting')) open.push(`something waits for ${seller}`);
    const counts = counted.get(claim.press);
    if (counts !== undefined && (claim.state === 'stands') !== counts)
      open.push(`the claim of ${seller} is ${claim.state}, and ${counts ? 'counts' : 'does not count'}`);
  }
  const wrote = rest.asked.filter(({ press }) => counted.has(press));
  return { open, isUnheard: wrote.some(({ by }) => !heard.has(by)) };
}
