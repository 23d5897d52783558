/** Starts the browser that the tests were given: Chromium, or Firefox as `npm run browsers` gives it. VISIBLE=1 shows it. */
import { EventEmitter } from 'node:events';
import { chromium, firefox, type Browser, type Page } from 'playwright';
import { HOST_NAMES } from '../sandbox/addresses.ts';
import { BROWSER_FLAGS, isVisible } from './browser.ts';

export type Engine = 'chromium' | 'firefox';

export async function launch(engine: Engine, executablePath: string): Promise<Browser> {
  if (engine === 'chromium')
    return chromium.launch({ executablePath, headless: !isVisible(), args: [...BROWSER_FLAGS] });
  const browser = await firefox.launch({
    // As its makers ship it, and not as Playwright does.
    channel: 'moz-firefox',
    executablePath,
    headless: !isVisible(),
    // Chromium leads these names to this computer by itself.
    firefoxUserPrefs: { 'network.dns.localDomains': HOST_NAMES.join(',') },
  });
  mendPlaywright(browser);
  return browser;
}

/** Told to go on from a page, Firefox now and then breaks off or waits for ever; a page that goes on by itself does not. */
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
 * Playwright has only begun to drive the Firefox that everybody has. It tells each window its colour scheme by a command
 * that Firefox 153 does not know yet, and stumbles over frames that went while they were loading.
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
