/** What the service worker and the page that owns the world tell each other, each request over a port of its own. */

/** From the worker to the page. */
export type Asked = {
  readonly kind: 'asked';
  readonly url: string;
  readonly method: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: ArrayBuffer;
};

/** From the worker, when whoever asked has gone. */
export type Left = { readonly kind: 'left' };

/** From the page to the worker: one head, then its parts, then an end. */
export type Told =
  | {
      readonly kind: 'head';
      readonly status: number;
      readonly headers: readonly (readonly [string, string])[];
    }
  | { readonly kind: 'part'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'end' }
  /** The connection breaks. */
  | { readonly kind: 'cut' };
