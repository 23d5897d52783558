/** What every view of the page is handed. */
import type { Boot } from '../wire/boot.ts';
import type { Gaps } from './gaps.ts';
import type { HostApp, CurrentCard } from './host-app.ts';
import type { Backbone, JQueryStatic } from './jquery.ts';
import type { Loader } from './loader.ts';
import type { ModalClass } from './modal.ts';
import type { Selected } from './selection.ts';
import type { WidgetEntry } from './widget-instance.ts';
import type { Words } from './words.ts';

export type Context = {
  readonly $: JQueryStatic;
  readonly Backbone: Backbone;
  readonly app: HostApp;
  readonly boot: Boot;
  readonly words: Words;
  readonly loader: Loader;
  readonly openModal: ModalClass;
  readonly gaps: Gaps;
  /** Goes to another place of the CRM without loading the page again. */
  readonly navigate: (path: string) => void;
};

/** One place of the CRM on screen. */
export type View = {
  readonly title: string;
  readonly content: HTMLElement;
  /** Stands left and right of the title. */
  readonly tools?: readonly HTMLElement[];
  readonly card: CurrentCard | false;
  /** Whom the card on screen is about, as the CRM tells widgets without a request. */
  readonly contacts?: () => readonly object[];
  /** Picked from the list on screen. */
  readonly selected?: () => readonly Selected[];
  /** Leaves no room for the chat pane. */
  readonly alone?: boolean;
  /** The world has changed: read again what is shown live. */
  readonly refresh?: () => void;
  /** All widgets of the place have been started. */
  readonly loaded?: (entries: Readonly<Record<string, WidgetEntry>>) => void;
};
