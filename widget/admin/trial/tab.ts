/** A tab whose address is known only later. */
export type Tab = {
  readonly go: (address: string) => void;
  readonly close: () => void;
};

/**
 * Opens an empty tab. It has to be called while the browser still handles the press, or it takes the tab for a pop-up;
 * `null` when it does all the same. The tab cannot reach back to the CRM's page.
 */
export function openTab(meanwhile: string): Tab | null {
  const tab = window.open('about:blank', '_blank');
  if (!tab) return null;
  try {
    tab.opener = null;
    tab.document.title = meanwhile;
    tab.document.body.textContent = meanwhile;
  } catch (thrown) {
    tab.close();
    throw thrown;
  }
  return {
    go: address => tab.location.replace(address),
    close: () => tab.close(),
  };
}
