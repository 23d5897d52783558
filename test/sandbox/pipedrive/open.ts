/** The emulated Pipedrive for `npm run sandbox -- --brand pipedrive`: builds and serves it, and prints the addresses. */
import { packPages } from '../../../widget/package/pages.ts';
import { NOBODY, SELLER_A, SELLER_B, type Language } from '../../world/people.ts';
import type { Company } from '../../world/pipedrive/company.ts';
import type { Deal } from '../../world/pipedrive/deals.ts';
import { PEOPLE } from '../addresses.ts';
import { chatWindowAddress } from '../chat-site.ts';
import { pageFilesOf } from './built-pages.ts';
import { startPipedriveSandbox } from './sandbox.ts';

type Told = {
  readonly port: number;
  readonly size: number;
  readonly language: Language;
  readonly limiter: boolean;
  readonly ready: boolean;
};
export type Opened = {
  /** The text to print after the start. */
  readonly lines: readonly string[];
  /** Builds our pages again. Open pages have to be reloaded. */
  readonly rebuild: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export async function openPipedrive(root: string, told: Told): Promise<Opened> {
  const { ready } = told;
  let files = pageFilesOf(await packPages(root));
  const sandbox = await startPipedriveSandbox({ ...told, files: name => files(name) });
  await sandbox.follow();
  const { world, company, addressOf, settingsOf, gatewayAddress } = sandbox;
  const [person] = company.persons.keys();
  const shared = person === undefined ? null : dealOfThree(company, person);
  const { clientId, clientSecret, callback } = world.pipedrive.app;
  const [key] = world.chat.keys.keys();
  const chatsOf = async (name: 'seller-a' | 'seller-b'): Promise<string> =>
    `${await chatWindowAddress(world, PEOPLE[name].employeeId)}&lang=${told.language}`;
  const sellersChats = ready ? [await chatsOf('seller-a'), await chatsOf('seller-b')] : [];
  return {
    lines: [
      `Settings:         ${settingsOf('office')}`,
      ...(person === undefined ? [] : [`A person:         ${addressOf('seller-a')}/person/${person}`]),
      ...(shared === null ? [] : [`A deal of three:  ${addressOf('seller-a')}/deal/${shared.id}`]),
      ...sellersChats.map((address, at) => `Chats of ${'AB'[at]}:       ${address}`),
      `Allow the app:    ${gatewayAddress}/pipedrive/authorize${ready ? '' : ' (open the settings first: the person of the last page is logged in)'}`,
      `The server:       ${gatewayAddress}`,
      `Chat service key: ${key}`,
      `App:              ${clientId}, secret "${clientSecret}"; codes are sent to ${callback}`,
    ],
    async rebuild() {
      files = pageFilesOf(await packPages(root));
    },
    close: sandbox.close,
  };
}

/** A deal with a main person and two participants: a colleague's client and a free one. */
function dealOfThree(company: Company, personId: number): Deal {
  const names = company.language === 'ru' ? ['Борис Орлов', 'Вера Котова'] : ['Boris Orlov', 'Vera Kotova'];
  const participantIds = names.map(
    (name, at) => company.addPerson({ name, ownerId: at === 0 ? SELLER_B : NOBODY }).id,
  );
  const title = company.language === 'ru' ? 'Окна для офиса' : 'Windows for the office';
  return company.addDeal({ title, personId, participantIds, ownerId: SELLER_A });
}
