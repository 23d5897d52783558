/** What a page with a state of the gallery offers to its visitor. */
export type Gallery = {
  /** Resolves when the picture is complete and does not change any more. */
  readonly drawn: Promise<void>;
  readonly languages: readonly string[];
  /** Resolves when it is drawn again. */
  readonly show: (look: { readonly theme: string; readonly language: string }) => Promise<void>;
};

declare global {
  interface Window {
    gallery: Gallery;
  }
}
