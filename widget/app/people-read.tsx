/** Reads the people of a deal. A separate file, because no first face needs it. */
import type { FunctionComponent } from 'preact';
import { contained } from '../../domain/contained.ts';
import { labelsOf } from '../../domain/namesakes.ts';
import { readOwnSettings } from '../../domain/own-settings.ts';
import { ownershipOf } from '../../domain/ownership.ts';
import { cachedOwn } from '../account/own-cache.ts';
import { ownerLine } from '../seller/card/owner-line.ts';
import type { Choosing } from '../framed/people-of-deal.ts';
import { PersonChoice } from '../framed/PersonChoice.tsx';
import controls from '../ui/controls.css?inline';
import { namedRecords } from '../words/named.ts';
import type { Mounting } from './mounting.ts';

export const css = [controls];

/** Resolves to a view that lists all people of the deal with their owners. */
export async function peopleOn(
  { kit, dictionary }: Mounting,
  dealId: string,
): Promise<FunctionComponent<Choosing>> {
  const [openRecords] = await Promise.all([kit.loadRecords(), dictionary.complete()]);
  const { page } = kit;
  const { words } = dictionary;
  const people = await namedRecords(openRecords(), words).clientsOf(dealId);
  const labels = labelsOf(people.map(({ id, name, phones }) => ({ id, name, details: phones })));
  const { standInOwners } = readOwnSettings(cachedOwn(page).text);
  const seenBy = { me: page.me.id, standInOwners, employee: page.employee };
  const known = people.map(({ id, name, ownerId }) => ({
    id,
    name: contained(labels.get(id) ?? name),
    owner: ownerLine(ownershipOf(ownerId, seenBy), words),
  }));
  return choosing => <PersonChoice people={known} {...choosing} />;
}
