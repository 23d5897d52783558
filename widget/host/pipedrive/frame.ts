/**
 * Pipedrive's page around our frame, used through the vendor's SDK. The page hides a frame that does not report within ten
 * seconds, so reporting comes first. The SDK waits forever for a page that does not answer, so the request for a token has
 * a timeout here.
 */
import AppExtensionsSDK, { Command, Event } from '@pipedrive/app-extensions-sdk';
import { Failure } from '../../http/failure.ts';
import { wait } from '../../http/retry.ts';
import type { Dispose, HostPage } from '../host.ts';
import { themeIn } from './address.ts';
import { readIn } from './ids.ts';

/** A page that shows frames answers within this time. */
const LATE_AFTER_MS = 5000;
const ANSWER_MS = 8000;
/** The heights in pixels that the page allows for a panel. */
const LEAST_HEIGHT = 100;
const MOST_HEIGHT = 750;

export type Frame = Pick<HostPage, 'theme' | 'onTheme'> & {
  /** Resolves when the page has answered. Stays pending if there is no page. */
  readonly opened: Promise<void>;
  /** A statement of who uses the page, signed for our server and valid for five minutes. Call it after `opened`. */
  readonly token: () => Promise<string>;
  /** Calls the listener when the person folds or unfolds our panel. Call it after `opened`. */
  readonly onVisible: (listener: (isVisible: boolean) => void) => Dispose;
  /** Requests this height, limited to what the page allows. Call it after `opened`. */
  readonly resize: (height: number) => void;
  /** For calls that only one of our pages needs. Rejects if there is no page. */
  readonly sdk: Promise<AppExtensionsSDK>;
};

/** `onSilent` is called if there is no page, or if it has not answered in time. */
export function openFrame(search: string, onSilent: () => void): Frame {
  const opening = reported();
  // Stored here, because the SDK's `userSettings` have another shape after a change.
  let theme = themeIn(search);
  const listeners = new Set<() => void>();
  const open = async (): Promise<void> => {
    const late = setTimeout(onSilent, LATE_AFTER_MS);
    const sdk = await opening.catch(() => null);
    clearTimeout(late);
    if (!sdk) {
      onSilent();
      return new Promise(() => undefined);
    }
    sdk.listen(Event.USER_SETTINGS_CHANGE, ({ data }) => {
      const changed = readIn(data, 'theme');
      if (changed !== 'dark' && changed !== 'light') return;
      theme = changed;
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
      // If the page refuses, the panel scrolls.
      opening.then(sdk => sdk.execute(Command.RESIZE, { height })).catch(() => undefined);
    },
  };
}

/** Reports to the page immediately. Rejects if the address names no frame, for example in a separate tab. */
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
