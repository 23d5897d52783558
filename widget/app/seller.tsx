/**
 * The part of the package for sellers: what a card does once it is used, and the dialog over the CRM's list of
 * contacts.
 */
import type { CardPart } from '../seller/card/card-shell.ts';
import { lettersFrom } from '../seller/colleagues/letters.ts';
import { createListModel, MOST_PICKED } from '../seller/list/list-model.ts';
import list from '../seller/list/list.css?inline';
import { ListDialog } from '../seller/list/ListDialog.tsx';
import type { Dispose, OpenRecords } from '../host/host.ts';
import controls from '../ui/controls.css?inline';
import kit from '../ui/kit.css?inline';
import { cardOver, claimServicesOf, type ClaimGiven } from './claims.ts';
import type { Mounting } from './mounting.ts';
import { show } from './show.tsx';

const claimGiven = (
  { kit: { page }, dictionary, write }: Mounting,
  openRecords: OpenRecords,
): ClaimGiven => ({
  page,
  openRecords,
  words: dictionary.words,
  write,
});

export function connectCard(mounting: Mounting, openRecords: OpenRecords): CardPart {
  const given = claimGiven(mounting, openRecords);
  return cardOver(given, claimServicesOf(given));
}

/** Continues the claims that an earlier page left unfinished. */
export async function resume(mounting: Mounting): Promise<void> {
  claimServicesOf(claimGiven(mounting, await mounting.kit.loadRecords()));
}

/** `picked`: the contacts selected in the CRM's list, in the CRM's order. */
export async function openList(mounting: Mounting, picked: readonly string[]): Promise<Dispose> {
  const [openRecords] = await Promise.all([mounting.kit.loadRecords(), mounting.dictionary.complete()]);
  const given = claimGiven(mounting, openRecords);
  const { page, words } = given;
  const model = createListModel({
    picked: picked.slice(0, MOST_PICKED),
    page,
    services: claimServicesOf(given),
    letters: lettersFrom(words, page.me),
  });
  const { remove } = show(
    page,
    words,
    { parent: document.body, after: null },
    [kit, controls, list],
    <ListDialog model={model} left={picked.length - model.given.picked.length} onClose={() => remove()} />,
  );
  void model.read();
  return remove;
}
