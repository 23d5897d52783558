/** For tests only: what the page has heard from the app's frames. */
export type Observed = {
  /** `panel: initialize`, in order. */
  readonly calls: string[];
  /** What a frame was refused, and what it should not have done. */
  readonly complaints: string[];
  /** What a frame asked for and this page lacks. */
  readonly lacking: string[];
};

declare global {
  interface Window {
    uiHost: Observed;
  }
}
