/** A seller's computer: a browser profile with the CRM's page open, which may be killed and come back. */
import type { CDPSession, Page, Request } from 'playwright';
import * as v from 'valibot';
import { NAMES } from '../../support/crm-steps.ts';
import type { Stage } from '../../support/browser-stage.ts';
import { SALES_CHANNEL } from '../../world/world.ts';

const names = NAMES.ru;
/** Generous, because the machine is busy. */
const PATIENCE_MS = 120_000;

/** A claim as the page asked the server for it. */
export type Asked = {
  readonly press: string;
  readonly contact: string;
  readonly base: string | null;
  readonly to: string;
  readonly by: number;
  /** Unix seconds. */
  readonly from: number;
};

export type Seat = {
  readonly seller: number;
  /** The open pages. */
  readonly pages: () => readonly Page[];
  /** Opens the client's card in this number of tabs and closes the other tabs. */
  readonly show: (contactId: number, tabs: number) => Promise<void>;
  readonly press: (page: Page) => Promise<void>;
  /** Whether its pages were loaded during the round, and so missed the CRM's earlier notifications. */
  readonly cameBack: () => boolean;
  /** Calls `act` after this number of requests of a press have been begun or answered. */
  readonly onStep: (step: number, act: () => void) => void;
  readonly reload: () => Promise<void>;
  readonly kill: () => Promise<void>;
  /** Closes the browser and deletes its storage. */
  readonly lose: () => Promise<void>;
  readonly offline: (isOffline: boolean) => Promise<void>;
  /** Pauses all scripts of its pages. Returns a function that wakes them. */
  readonly sleep: () => Promise<() => Promise<void>>;
};

const asking = v.object({
  claims: v.array(
    v.object({ press: v.string(), contact: v.string(), base: v.nullable(v.string()), to: v.string() }),
  ),
});
const STEP = /\/(claims|claims\/told|api\/v4\/contacts\/\d+)$/;
const isStep = (request: Request): boolean =>
  STEP.test(new URL(request.url()).pathname) && request.method() !== 'OPTIONS';

export function seatOf(
  stage: Stage,
  seller: number,
  given: {
    /** The error of its clock in milliseconds. */
    readonly shiftMs: number;
    readonly onAsked: (asked: Asked) => void;
  },
): Seat {
  let pages: readonly Page[] = [];
  let shown = 0;
  let cameBack = false;
  let watching: { left: number; readonly act: () => void } | null = null;
  const step = (request: Request): void => {
    if (!watching || !isStep(request)) return;
    watching.left -= 1;
    if (watching.left > 0) return;
    watching.act();
    watching = null;
  };
  const hear = (request: Request): void => {
    step(request);
    if (request.method() !== 'POST' || new URL(request.url()).pathname !== '/claims') return;
    const from = Math.floor(stage.world.clock.now() / 1000);
    const { claims } = v.parse(asking, JSON.parse(request.postData() ?? ''));
    claims.forEach(one => given.onAsked({ ...one, by: seller, from }));
  };
  const listened = (page: Page): Page => {
    page.on('request', hear);
    page.on('requestfinished', step);
    page.on('requestfailed', step);
    return page;
  };
  const first = async (): Promise<Page> => {
    const page = await stage.open('seller-a', { storageState: sessionOf(stage, seller) });
    if (given.shiftMs !== 0) await page.context().addInitScript(shiftClock, given.shiftMs);
    return listened(page);
  };
  /** The browser profile, which keeps its storage when its pages are killed. */
  let context: ReturnType<Page['context']> | null = null;
  const opened = async (): Promise<Page> => {
    if (!context) {
      const page = await first();
      context = page.context();
      return page;
    }
    return listened(await context.newPage());
  };
  const goTo = async (page: Page): Promise<void> => {
    await page.goto(`${stage.addressOf('seller-a')}contacts/detail/${shown}`, { timeout: PATIENCE_MS });
    await page.locator('.crm-chat-roles-caption').getByText(/\S/).first().waitFor({ timeout: PATIENCE_MS });
  };
  return {
    seller,
    pages: () => pages,
    cameBack: () => cameBack,
    async show(contactId, tabs) {
      if (contactId !== shown) cameBack = false;
      shown = contactId;
      await Promise.all(pages.slice(tabs).map(page => page.close()));
      pages = pages.slice(0, tabs);
      while (pages.length < tabs) pages = [...pages, await opened()];
      await Promise.all(pages.map(goTo));
    },
    async press(page) {
      // A seller who is too late finds no button, and a killed browser has no page.
      await page
        .getByRole('button', { name: names.claim })
        .click({ timeout: 3000 })
        .catch(() => undefined);
    },
    onStep(left, act) {
      watching = { left, act };
    },
    async reload() {
      cameBack = true;
      await Promise.all(pages.map(page => page.reload()));
    },
    async kill() {
      const dead = pages;
      pages = [];
      cameBack = true;
      watching = null;
      await Promise.all(dead.map(page => page.close()));
    },
    async lose() {
      pages = [];
      watching = null;
      const gone = context;
      context = null;
      await gone?.close();
    },
    async offline(isOffline) {
      await context?.setOffline(isOffline);
    },
    async sleep() {
      const sessions = await Promise.all(pages.map(asleep));
      return async () => {
        for (const session of sessions) await session.detach();
      };
    },
  };
}

/** Pauses the page's scripts until the returned debugger session is detached. */
async function asleep(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('Debugger.enable');
  await session.send('Debugger.pause');
  return session;
}

function shiftClock(ms: number): void {
  const RealDate = Date;
  const now = RealDate.now.bind(RealDate);
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, given) => Reflect.construct(target, given.length === 0 ? [now() + ms] : given),
    get: (target, name) => (name === 'now' ? () => now() + ms : Reflect.get(target, name)),
  });
}

function sessionOf(stage: Stage, seller: number) {
  const value = `session-of-${seller}`;
  stage.world.crm.sessions.set(value, seller);
  const { hostname: domain } = new URL(stage.addressOf('seller-a'));
  const cookie = { name: 'session', value, domain, path: '/', expires: -1, httpOnly: true, secure: false };
  return { cookies: [{ ...cookie, sameSite: 'Lax' as const }], origins: [] };
}

/** Makes these sellers sales reps on the sales channel. */
export function seated({ world }: Stage, sellers: readonly number[]): void {
  world.chat.settings = {
    ...world.chat.settings,
    userRoles: sellers.map(seller => ({
      channelId: SALES_CHANNEL,
      userId: String(seller),
      role: 'seller' as const,
      allowGetNewClients: true,
    })),
  };
}
