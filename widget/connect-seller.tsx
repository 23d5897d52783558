/** The sellers' part of the package: what a card does once it is reached, and the dialog over the CRM's list of contacts. */
import { lettersFrom } from './claim/colleagues/letters.ts';
import { createListModel, MOST_PICKED } from './claim/list/list-model.ts';
import list from './claim/list/list.css?inline';
import { ListDialog } from './claim/list/ListDialog.tsx';
import { connectClaim, deskOf, type ClaimGiven } from './connect-claim.ts';
import { pickedContacts } from './host/amocrm/picked.ts';
import type { Undo } from './host/host.ts';
import type { Mounting } from './mount.tsx';
import { show } from './show.tsx';
import controls from './ui/controls.css?inline';
import kit from './ui/kit.css?inline';

declare const __CHAT_URL__: string;

const claimGiven = ({ page, dictionary, integrationId, origin }: Mounting): ClaimGiven => ({
  page,
  origin,
  integrationId,
  defaultChatUrl: __CHAT_URL__,
  words: dictionary.words,
});

export const connectCard = (mounting: Mounting): ReturnType<typeof connectClaim> =>
  connectClaim(claimGiven(mounting));

/** Goes on with what an earlier page has left. */
export const resume = (mounting: Mounting): void => void deskOf(claimGiven(mounting));

/** `listed`: what the CRM says is picked. */
export async function openList(mounting: Mounting, listed: unknown): Promise<Undo> {
  await mounting.dictionary.complete();
  const given = claimGiven(mounting);
  const { page, words } = given;
  const all = pickedContacts(listed);
  const model = createListModel({
    picked: all.slice(0, MOST_PICKED),
    page,
    desk: deskOf(given),
    letters: lettersFrom(words, page.me),
  });
  const { remove } = show(
    page,
    words,
    { parent: document.body, after: null },
    [kit, controls, list],
    <ListDialog model={model} left={all.length - model.given.picked.length} onClose={() => remove()} />,
  );
  void model.read();
  return remove;
}
