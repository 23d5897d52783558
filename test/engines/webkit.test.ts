/** The main story in WebKit, the engine of Safari. `npm run browsers` runs it. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { startSandbox, type Person } from '../sandbox/sandbox.ts';
import { tellMainStory } from '../support/main-story.ts';
import { startScreen, type Program } from '../run/webkit-programs.ts';
import { startProxy, type Proxy } from './webkit/proxy.ts';
import { openWindow, type Window } from './webkit/window.ts';

let screen: Program & { readonly name: string };
let proxy: Proxy;
beforeAll(async () => {
  [screen, proxy] = await Promise.all([startScreen(), startProxy()]);
});
afterAll(async () => {
  proxy.close();
  await screen.stop();
});

it.each(['en', 'ru'] as const)(
  'an admin sets roles, A claims the client, and the chat disappears for B, in %s',
  async language => {
    const zip = await readFile(`${inject('packageFolder')}/widget.zip`);
    const sandbox = await startSandbox({ zip, language });
    const windows: Window[] = [];
    const open = async (person: Person): Promise<Window> => {
      const window = await openWindow(screen.name, proxy.host);
      windows.push(window);
      await window.goto(sandbox.addressOf(person));
      return window;
    };
    try {
      await tellMainStory(Object.assign(Object.create(sandbox), { open }), language, `webkit-${language}`);
      expect((await Promise.all(windows.map(one => one.complaints()))).flat()).toEqual([]);
      expect(sandbox.world.unhandledRequests).toEqual([]);
    } finally {
      await Promise.all(windows.map(one => one.close()));
      await sandbox.close();
    }
  },
);
