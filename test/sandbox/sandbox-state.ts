/** The state shared by the sites of one sandbox. The state of the two services is in `world`. */
import type { KeyKind } from '../world/chat.ts';
import type { World } from '../world/world.ts';
import type { Addresses } from './addresses.ts';
import type { EventStream } from './event-stream.ts';
import type { ForeignWidget } from './foreign-widget.ts';
import type { InstalledPackage } from './installed-package.ts';
import type { PageFiles } from './page-files.ts';
import type { Sessions } from './session.ts';
import type { Brand } from './wire/boot.ts';

export type SandboxRequest = {
  readonly person: number | undefined;
  readonly to: 'crm' | 'gateway' | 'wazzup';
  readonly method: string;
  readonly url: string;
};

export type SandboxState = {
  readonly world: World;
  readonly addresses: Addresses;
  readonly pages: PageFiles;
  /** Notifies open pages that the world `changed`, that a gap was found (`lacking`), or that they should `reload`. */
  readonly events: EventStream;
  /** The pages' requests, and the server's requests to the chat service on their behalf. */
  readonly requests: SandboxRequest[];
  package: InstalledPackage;
  /** The kind of key with which the first account is connected. */
  keyKind: KeyKind;
  hostile: boolean;
  readonly brand: Brand;
  readonly sessions: Sessions;
  /** Admins' pages run no widgets. */
  safeMode: boolean;
  /** A foreign widget next to ours. */
  readonly foreign: ForeignWidget | undefined;
  /** What widgets requested and the page lacks; unknown requests to the services are in `world.unhandledRequests`. */
  readonly lacking: Set<string>;
  /** Increases when the CRM wants every page to request its list of widgets again. */
  cacheVersion: number;
  /** The CRM's pages have a content policy that allows only what they need. */
  readonly strict: boolean;
  /** The CRM's pages have no doctype. */
  readonly quirks: boolean;
  /** Changes whenever pages must not use their cached list of widgets. */
  readonly frontVersion: () => string;
};
