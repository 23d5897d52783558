/** The parts of jQuery 2.1.3 and Backbone 1.1.2 that the page itself uses. */

export type JQueryEvent = {
  readonly target: Element;
  readonly key?: string;
  readonly preventDefault: () => void;
  readonly stopPropagation: () => void;
};
type Handler = (event: JQueryEvent, ...extra: unknown[]) => void;

export type JQuery = {
  readonly [index: number]: HTMLElement;
  readonly length: number;
  on(events: string, handler: Handler): JQuery;
  on(events: string, selector: string, handler: Handler): JQuery;
  off(events: string): JQuery;
  trigger(event: string, extra?: readonly unknown[]): JQuery;
  remove(): JQuery;
};

/** A Deferred of version 2: it is not a Promise, and its handlers run synchronously. */
export type JQueryRequest = {
  then(done: (answer: unknown) => unknown, failed?: (reason: unknown) => void): JQueryRequest;
};

export type JQueryStatic = {
  (target: string | Node | readonly Node[]): JQuery;
  ajax(settings: object): JQueryRequest;
};

export type BackboneModel = {
  get: (attribute: string) => unknown;
  set(attribute: string, value: unknown): void;
};
export type Backbone = { readonly Model: new (attributes: object) => BackboneModel };
