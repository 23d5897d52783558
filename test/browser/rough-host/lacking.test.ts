/** Pages without an API of the browser, or that forbid one: the card appears, a client is taken, and so are clients from a list. */
import type { Page } from 'playwright';
import { afterEach, describe, expect, it } from 'vitest';
import { SELLER_A, SELLER_B } from '../../world/people.ts';
import { NAMES, openCard } from '../../support/crm-steps.ts';
import { connected } from '../../support/setting-up.ts';
import { stages, type Stage } from '../../support/browser-stage.ts';

const names = NAMES.ru;
const browser = stages();
let stage: Stage;
afterEach(() => stage.close());

/** Passed to the browser as text, and run before any script of the page. */
const LACKING: Readonly<Record<string, () => void>> = {
  'no BroadcastChannel': () => void Reflect.deleteProperty(window, 'BroadcastChannel'),
  'a BroadcastChannel that is forbidden': () => {
    window.BroadcastChannel = class extends BroadcastChannel {
      constructor(name: string) {
        super(name);
        throw new DOMException('This page is sandboxed', 'SecurityError');
      }
    };
  },
  'no Web Locks': () => void Object.defineProperty(navigator, 'locks', { value: undefined }),
  'Web Locks that are forbidden': () => {
    navigator.locks.request = () =>
      Promise.reject(new DOMException('This page is sandboxed', 'SecurityError'));
  },
  'no ResizeObserver': () => void Reflect.deleteProperty(window, 'ResizeObserver'),
  'no IntersectionObserver': () => void Reflect.deleteProperty(window, 'IntersectionObserver'),
  'no scheduler': () => void Reflect.deleteProperty(window, 'scheduler'),
  'no crypto.randomUUID, as on an insecure page': () =>
    void Object.defineProperty(crypto, 'randomUUID', { value: undefined }),
  'no user activation and no network state': () => {
    for (const name of ['userActivation', 'onLine'])
      Object.defineProperty(navigator, name, { value: name === 'onLine' ? true : undefined });
  },
};

/** The emulated CRM needs storage to start, so it is forbidden once the page is there. */
const forbidStorage = (): void => {
  const get = (): never => {
    throw new DOMException('This page is sandboxed', 'SecurityError');
  };
  for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get });
};

describe('on a page with', () => {
  it.each(Object.entries(LACKING))(
    '%s a client can be taken, and so can clients from a list',
    async (_, lack) => {
      expect(await taken(page => page.addInitScript(lack))).toEqual(EVERYBODY);
    },
  );

  it('forbidden storage a client can be taken, and so can clients from a list', async () => {
    expect(await taken(() => Promise.resolve(), forbidStorage)).toEqual(EVERYBODY);
  });
});

const LISTED = ['Белла', 'Вика'];
const EVERYBODY = [SELLER_A, SELLER_A, SELLER_A];

/** The owners of the clients after they were taken. */
async function taken(
  prepare: (page: Page) => Promise<unknown>,
  late: () => void = () => undefined,
): Promise<readonly number[]> {
  stage = await browser.stage();
  connected(stage);
  const client = stage.world.clientWrites();
  const seller = await stage.open('seller-a');
  await prepare(seller);
  await openCard(seller, client.id);
  const claim = seller.getByRole('button', { name: names.claim }).first();
  await claim.waitFor();
  await seller.evaluate(late);
  await claim.click();
  await seller.getByText(names.told).waitFor();
  await hiddenFromB();

  const listed = LISTED.map((name, at) => stage.world.clientWrites({ name, phone: `+7 916 000-01-0${at}` }));
  await seller.goto(`${new URL(seller.url()).origin}/contacts/list/contacts/`);
  for (const { name } of listed) await seller.getByRole('checkbox', { name, exact: true }).check();
  await seller.evaluate(late);
  await seller.getByRole('toolbar').getByRole('button', { name: names.widget }).click();
  await seller.getByRole('button', { name: /^Взять/ }).click();
  await seller.getByText('Ваши: 2 из 2').waitFor();
  await hiddenFromB();
  return [client, ...listed].map(one => one.responsibleUserId);
}

async function hiddenFromB(): Promise<void> {
  await expect.poll(() => stage.world.chat.threadsOf(String(SELLER_B))).toEqual([]);
}
