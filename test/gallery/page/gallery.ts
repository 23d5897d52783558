/** What a page with a state of the gallery lets its visitor do. */
export type Gallery = {
  /** The picture is complete, and stands still. */
  readonly drawn: Promise<void>;
  readonly languages: readonly string[];
  /** Resolves when it is drawn anew. */
  readonly show: (look: { readonly theme: string; readonly language: string }) => Promise<void>;
};

declare global {
  interface Window {
    gallery: Gallery;
  }
}
