/** For tests only: the calls that the app's frames have made. */
export type Observed = {
  /** `panel: initialize`, in order. */
  readonly calls: string[];
  /** Refused calls, and calls that a frame should not make. */
  readonly complaints: string[];
  /** Calls that this page does not emulate. */
  readonly lacking: string[];
};

declare global {
  interface Window {
    uiHost: Observed;
  }
}
