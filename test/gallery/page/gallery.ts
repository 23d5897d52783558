/** What the page of a gallery state offers to tests. */
export type Gallery = {
  /** Resolves when the picture is complete and no longer changes. */
  readonly drawn: Promise<void>;
  readonly languages: readonly string[];
  /** Resolves when the state is drawn in the new theme and language. */
  readonly show: (look: { readonly theme: string; readonly language: string }) => Promise<void>;
};

declare global {
  interface Window {
    gallery: Gallery;
  }
}
