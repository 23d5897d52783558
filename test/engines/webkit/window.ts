/** A window of WebKit, with the interface that stories use for any browser. */
import { writeFile } from 'node:fs/promises';
import * as v from 'valibot';
import type { Named, Part, Screen, Within } from '../../support/screen.ts';
import { find, type Step, type Wanted } from './find.ts';
import { findMiniBrowser, pause, startDriver } from '../../run/webkit-programs.ts';

const PATIENCE_MS = 30_000;
/** The key that marks an element in the protocol. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

type Command = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => Promise<unknown>;
const elementSchema = v.object({ [ELEMENT]: v.string() });
type Element = v.InferOutput<typeof elementSchema>;

export type Window = Screen & {
  /** Errors of its pages. */
  readonly complaints: () => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
};

export async function openWindow(screen: string, proxy: string): Promise<Window> {
  const driver = await startDriver(screen);
  const send = sender(driver.address);
  const started = v.parse(
    v.object({ sessionId: v.string() }),
    await send('POST', '/session', { capabilities: { alwaysMatch: wanted(proxy) } }),
  );
  const command: Command = (method, path, body) => send(method, `/session/${started.sessionId}${path}`, body);
  const run = (script: string, ...given: readonly unknown[]): Promise<unknown> =>
    command('POST', '/execute/sync', { script, args: given });
  // As large as the screen: on a small one the CRM hides the chats.
  await command('POST', '/window/rect', { x: 0, y: 0, width: 1440, height: 1000 });
  const complained: string[] = [];
  const hear = async (): Promise<void> => {
    complained.push(...v.parse(v.array(v.string()), await run('return window.complaints || []')));
  };
  let address = 'about:blank';
  return {
    ...within({ command, run, frame: null, steps: [] }),
    frameLocator: selector => within({ command, run, frame: selector, steps: [] }),
    url: () => address,
    async goto(to) {
      await hear();
      await run('window.isLeft = true');
      await command('POST', '/url', { url: to });
      await until(
        async () => (await run('return !window.isLeft && document.readyState !== "loading"')) === true,
      );
      await run(COMPLAIN);
      address = to;
    },
    async screenshot({ path }) {
      await writeFile(path, Buffer.from(String(await command('GET', '/screenshot')), 'base64'));
    },
    async complaints() {
      await hear();
      return complained;
    },
    async close() {
      await command('DELETE', '');
      await driver.stop();
    },
  };
}

const COMPLAIN = `
  window.complaints = [];
  addEventListener('error', event => window.complaints.push(event.message));
  addEventListener('unhandledrejection', event => window.complaints.push(String(event.reason)));
  console.error = (...said) => window.complaints.push(said.join(' '));
`;

const wanted = (proxy: string): object => ({
  browserName: 'MiniBrowser',
  // A page with an open stream of events never finishes loading.
  pageLoadStrategy: 'none',
  proxy: { proxyType: 'manual', httpProxy: proxy, noProxy: [] },
  'webkitgtk:browserOptions': { binary: findMiniBrowser(), args: ['--automation'] },
});

const sender =
  (address: string): Command =>
  async (method, path, body) => {
    const answer = await fetch(address + path, {
      method,
      ...(method === 'POST' && { body: JSON.stringify(body ?? {}) }),
    });
    const { value } = Object(await answer.json());
    if (!answer.ok) throw new Refused(`${method} ${path}: ${value?.error} ${value?.message}`);
    return value;
  };

/** The driver refuses: the element is gone, or something covers it. A later try may succeed. */
class Refused extends Error {
  override name = 'Refused';
}

type Looking = {
  readonly command: Command;
  readonly run: (script: string, ...given: readonly unknown[]) => Promise<unknown>;
  readonly frame: string | null;
  readonly steps: readonly Step[];
};

function within(looking: Looking): Within {
  const next = (step: Step): Part => part({ ...looking, steps: [...looking.steps, step] });
  return {
    getByRole: (role, { name, exact }: Named = {}) => next({ by: 'role', role, ...wantedOf(name, exact) }),
    getByLabel: label => next({ by: 'label', ...wantedOf(label) }),
    getByText: text => next({ by: 'text', ...wantedOf(text) }),
  };
}

function part(looking: Looking): Part {
  const { command, run, frame, steps } = looking;
  const elements = async (): Promise<readonly Element[]> => {
    await command('POST', '/frame', { id: null });
    if (frame !== null) {
      const inner = await run('return document.querySelector(arguments[0])', frame);
      if (inner === null) return [];
      await command('POST', '/frame', { id: inner });
    }
    return v.parse(v.array(elementSchema), await run(`return (${String(find)})(arguments[0])`, steps));
  };
  /** Acts once exactly one element is there and the driver allows it. */
  const act = async (what: (path: string, element: Element) => Promise<unknown>): Promise<void> =>
    until(async () => {
      const [element, ...others] = await elements();
      if (!element) return false;
      if (others.length > 0) throw new Refused(`${others.length} other elements match`);
      await run('arguments[0].scrollIntoView({ block: "center" })', element);
      await what(`/element/${element[ELEMENT]}`, element);
      return true;
    }, JSON.stringify(steps));
  const isChecked = async (path: string): Promise<boolean> =>
    (await command('GET', `${path}/selected`)) === true;
  return {
    ...within(looking),
    filter: ({ hasText }) => part({ ...looking, steps: [...steps, { by: 'hasText', ...wantedOf(hasText) }] }),
    click: () => act(path => command('POST', `${path}/click`)),
    check: () =>
      act(async path => {
        if (!(await isChecked(path))) await command('POST', `${path}/click`);
      }),
    fill: text =>
      act(async path => {
        await command('POST', `${path}/clear`);
        await command('POST', `${path}/value`, { text });
      }),
    selectOption: ({ label }) =>
      act(async (_, element) => {
        const option = v.parse(elementSchema, await run(OPTION, element, label));
        await command('POST', `/element/${option[ELEMENT]}/click`);
      }),
    async isChecked() {
      let isOn = false;
      await act(async path => {
        isOn = await isChecked(path);
      });
      return isOn;
    },
    count: async () => (await elements()).length,
    waitFor: ({ state } = { state: 'visible' }) =>
      until(async () => (await elements()).length > 0 === (state === 'visible'), JSON.stringify(steps)),
  };
}

const OPTION = 'return Array.from(arguments[0].options).find(one => one.label === arguments[1])';

const wantedOf = (name?: string | RegExp, exact = false): { readonly wanted?: Wanted } =>
  name === undefined
    ? {}
    : {
        wanted: typeof name === 'string' ? { text: name, exact } : { source: name.source, flags: name.flags },
      };

/** Repeats until it is so; a refusal of the driver counts as "not yet". */
async function until(isSo: () => Promise<boolean>, about = ''): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  let last: unknown;
  while (Date.now() < end) {
    try {
      if (await isSo()) return;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      last = error;
    }
    await pause(100);
  }
  throw new Error(`It did not happen: ${about} ${last instanceof Error ? last.message : ''}`);
}
