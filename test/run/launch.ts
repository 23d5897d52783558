/** Starts the browser given to the tests: Chromium, or Firefox with `npm run browsers`. VISIBLE=1 shows it. */
import { EventEmitter } from 'node:events';
import { chromium, firefox, type Browser, type Page } from 'playwright';
import { HOST_NAMES } from '../sandbox/addresses.ts';
import { BROWSER_FLAGS, isVisible } from './browser.ts';

export type Engine = 'chromium' | 'firefox';

export async function launch(engine: Engine, executablePath: string): Promise<Browser> {
  if (engine === 'chromium')
    return chromium.launch({ executablePath, headless: !isVisible(), args: [...BROWSER_FLAGS] });
  const browser = await firefox.launch({
    // The vendor's own build instead of Playwright's.
    channel: 'moz-firefox',
    executablePath,
    headless: !isVisible(),
    // Chromium resolves these names to this computer by itself.
    firefoxUserPrefs: { 'network.dns.localDomains': HOST_NAMES.join(',') },
  });
  mendPlaywright(browser);
  return browser;
}

/**
 * When Playwright starts a navigation, Firefox sometimes aborts or hangs; a navigation started by the page itself does
 * not.
 */
export function goesByItself(page: Page): void {
  const begin = page.goto.bind(page);
  page.goto = async (address, options) => {
    if (page.url() === 'about:blank') return begin(address, options);
    if (page.url() === address) return page.reload(options);
    await Promise.all([
      page.waitForURL(address),
      page.evaluate(to => {
        location.href = to;
      }, address),
    ]);
    return null;
  };
}

type Session = EventEmitter & { send: (command: string, given: unknown) => Promise<unknown> };

/**
 * Playwright's support for the regular Firefox is new. It sets the colour scheme of each window by a command that
 * Firefox 153 does not know yet, and fails on frames that disappear while loading.
 */
function mendPlaywright(browser: Browser): void {
  const inner: object = Reflect.get(browser, '_connection').toImpl(browser);
  const session: Session = Reflect.get(inner, '_browserSession');
  const send = session.send.bind(session);
  session.send = async (command, given) =>
    command === 'emulation.setMediaFeaturesOverride' ? {} : send(command, given);
  Object.getPrototypeOf(session).emit = function emit(this: Session, event: string, told: unknown): boolean {
    try {
      return EventEmitter.prototype.emit.call(this, event, told);
    } catch (error) {
      if (event === 'browsingContext.navigationCommitted') return false;
      throw error;
    }
  };
}
