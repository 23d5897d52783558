/** What every view of the page receives. */
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
  /** Goes to another path of the CRM without reloading the page. */
  readonly navigate: (path: string) => void;
};

/** One place of the CRM on screen. */
export type View = {
  readonly title: string;
  readonly content: HTMLElement;
  /** Shown to the left and right of the title. */
  readonly tools?: readonly HTMLElement[];
  readonly card: CurrentCard | false;
  /** The contacts of the current card, as the CRM passes them to widgets without a request. */
  readonly contacts?: () => readonly object[];
  /** The rows selected in the current list. */
  readonly selected?: () => readonly Selected[];
  /** Leaves no room for the chat pane. */
  readonly alone?: boolean;
  /** Called when the world has changed: reloads live data. */
  readonly refresh?: () => void;
  /** Called when all widgets of the place have been started. */
  readonly loaded?: (entries: Readonly<Record<string, WidgetEntry>>) => void;
};
