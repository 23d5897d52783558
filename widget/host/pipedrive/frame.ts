/**
 * Pipedrive's page around our frame, through the makers' SDK. The page hides a frame that does not report within ten
 * seconds, so reporting comes before everything else. The SDK itself waits for ever for a page that does not answer: each
 * call is given a time here.
 */
import AppExtensionsSDK, { Command, Event } from '@pipedrive/app-extensions-sdk';
import { Failure } from '../../http/failure.ts';
import { wait } from '../../http/retry.ts';
import type { Dispose, HostPage } from '../host.ts';
import { themeIn } from './address.ts';
import { readIn } from './ids.ts';

/** So long a page that shows frames takes at most to answer. */
const LATE_AFTER_MS = 5000;
const ANSWER_MS = 8000;
/** What the page allows a panel. */
const LEAST_HEIGHT = 100;
const MOST_HEIGHT = 750;

export type Frame = Pick<HostPage, 'theme' | 'onTheme'> & {
  /** The page has answered. Never, where there is none. */
  readonly opened: Promise<void>;
  /** A statement of who sits in front of the page, signed for our server. Lives for five minutes. Only once it is opened. */
  readonly token: () => Promise<string>;
  /** Calls back when the person folds or unfolds our panel. Only once it is opened. */
  readonly onVisible: (listener: (isVisible: boolean) => void) => Dispose;
  /** Asks for that height, or what the page allows of it. Only once it is opened. */
  readonly resize: (height: number) => void;
  /** For what only one page needs. Fails where there is no page. */
  readonly sdk: Promise<AppExtensionsSDK>;
};

/** `onSilent`: no page is there, or it has not answered yet. */
export function openFrame(search: string, onSilent: () => void): Frame {
  const opening = reported();
  // A copy of ours: after a change the SDK's own `userSettings` are of another shape.
  let theme = themeIn(search);
  const listeners = new Set<() => void>();
  const open = async (): Promise<void> => {
    const isLate = setTimeout(onSilent, LATE_AFTER_MS);
    const sdk = await opening.catch(() => null);
    clearTimeout(isLate);
    if (!sdk) {
      onSilent();
      return new Promise(() => undefined);
    }
    sdk.listen(Event.USER_SETTINGS_CHANGE, ({ data }) => {
      const told = readIn(data, 'theme');
      if (told !== 'dark' && told !== 'light') return;
      theme = told;
      listeners.forEach(listener => listener());
    });
  };
  let asked = 0;
  return {
    sdk: opening,
    opened: open(),
    theme: () => theme,
    onTheme(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async token() {
      const sdk = await opening;
      const { token } = await inTime(sdk.execute(Command.GET_SIGNED_TOKEN));
      if (typeof token !== 'string' || token === '') throw new Failure('unreadable', 'crm');
      return token;
    },
    onVisible(listener) {
      const listening = opening.then(sdk =>
        sdk.listen(Event.VISIBILITY, ({ data }) => {
          if (typeof data?.is_visible === 'boolean') listener(data.is_visible);
        }),
      );
      return () => void listening.then(stop => stop());
    },
    resize(wanted) {
      const height = Math.min(Math.max(Math.ceil(wanted), LEAST_HEIGHT), MOST_HEIGHT);
      if (height === asked) return;
      asked = height;
      // Where the page refuses, the panel scrolls.
      opening.then(sdk => sdk.execute(Command.RESIZE, { height })).catch(() => undefined);
    },
  };
}

/** Reports at once. Fails where the address names no frame, as in a tab of its own. */
async function reported(): Promise<AppExtensionsSDK> {
  const sdk = new AppExtensionsSDK();
  return sdk.initialize();
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  const late = wait(ANSWER_MS).then((): never => {
    throw new Failure('timeout', 'crm');
  });
  return Promise.race([answer, late]).catch((thrown: unknown) => {
    throw thrown instanceof Failure ? thrown : new Failure('refused', 'crm', { cause: thrown });
  });
}
