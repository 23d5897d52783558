/** What the sites of one sandbox share. Everything that belongs to the two services is in `world`. */
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
  /** Tells open pages that the world `changed`, that something was found `lacking`, or that they had better `reload`. */
  readonly events: EventStream;
  /** What pages asked, and what the server asked of the chat service for them. */
  readonly requests: SandboxRequest[];
  package: InstalledPackage;
  /** The kind of key that the first account is connected with. */
  keyKind: KeyKind;
  hostile: boolean;
  readonly brand: Brand;
  readonly sessions: Sessions;
  /** Admins' pages run no widgets. */
  safeMode: boolean;
  /** Another widget, written by anybody, beside ours. */
  readonly foreign: ForeignWidget | undefined;
  /** What widgets asked of the page and it lacks; what is asked of the services is among the world's strays. */
  readonly lacking: Set<string>;
  /** Grows when the CRM wants every page to ask for its list of widgets again. */
  cacheVersion: number;
  /** The CRM's pages come with a content policy that allows nothing but what they need. */
  readonly strict: boolean;
  /** The CRM's pages have no doctype. */
  readonly quirks: boolean;
  /** Changes whenever pages must not use the list of widgets that they keep. */
  readonly frontVersion: () => string;
};
