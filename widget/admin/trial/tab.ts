/** A tab whose address is known only later. */
export type Tab = {
  readonly go: (address: string) => void;
  readonly close: () => void;
};

/**
 * Opens an empty tab. Must be called while the browser handles the press, or the tab is blocked as a pop-up; `null` if
 * it is blocked anyway. The tab has no access to the CRM's page.
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
