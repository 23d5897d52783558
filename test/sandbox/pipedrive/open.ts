/** The emulated Pipedrive as `npm run sandbox -- --brand pipedrive` opens it: built, served, and told where. */
import { packPages } from '../../../widget/package/pages.ts';
import type { Language } from '../../world/people.ts';
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
  /** What whoever has started it reads. */
  readonly lines: readonly string[];
  /** Builds our pages again; whoever looks at one loads it again. */
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
  const { clientId, clientSecret, callback } = world.pipedrive.app;
  const [key] = world.chat.keys.keys();
  const chatsOf = async (name: 'seller-a' | 'seller-b'): Promise<string> =>
    `${await chatWindowAddress(world, PEOPLE[name].employeeId)}&lang=${told.language}`;
  const sellersChats = ready ? [await chatsOf('seller-a'), await chatsOf('seller-b')] : [];
  return {
    lines: [
      `Settings:         ${settingsOf('office')}`,
      ...(person === undefined ? [] : [`A person:         ${addressOf('seller-a')}/person/${person}`]),
      ...sellersChats.map((address, at) => `Chats of ${'AB'[at]}:       ${address}`),
      `Allow the app:    ${gatewayAddress}/pipedrive/authorize${ready ? '' : ' (open the settings first: whose page was open last is who is logged in)'}`,
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
