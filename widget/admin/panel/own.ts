/**
 * Own settings while an admin edits them. The server stores them: each change is saved at once, for everyone.
 * Concurrent changes of two admins are merged.
 */
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { OwnServer, StoredOwn } from '../../account/account.ts';
import { chosenGateway } from '../../../domain/gateway-address.ts';
import { mergedOwn } from '../../../domain/own-merge.ts';
import { withSetting, type SettingPath } from '../../../domain/own-settings-change.ts';
import { readOwnSettings, storedFields, type OwnSettings } from '../../../domain/own-settings.ts';
import type { HostPage } from '../../host/host.ts';
import { asFailure, leavesOpen, type Failure } from '../../http/failure.ts';
import { wait } from '../../http/retry.ts';
import { cacheOwn, cachedOwn } from '../../account/own-cache.ts';
import { settle } from '../../work/settle.ts';

export type OwnState =
  /** Not known yet, so nothing can be changed. */
  | { readonly kind: 'reading' }
  | { readonly kind: 'unread'; readonly failure: Failure }
  /** The server has what the screen shows. */
  | { readonly kind: 'kept' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved' }
  /** Another admin changed the same value. Theirs is stored and shown; the person's own is not. */
  | { readonly kind: 'contested' }
  /** Nothing was changed. */
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** It is unknown whether the server has what the screen shows. */
  | { readonly kind: 'unknown'; readonly failure: Failure };

export type OwnModel = {
  readonly state: ReadonlySignal<OwnState>;
  /** The settings as shown on the screen, as JSON. Each reader parses the fields it needs. */
  readonly text: ReadonlySignal<string>;
  readonly settings: ReadonlySignal<OwnSettings>;
  /** Whether the last change concerned default channels: its result is shown next to them. */
  readonly isOfChannels: ReadonlySignal<boolean>;
  readonly read: () => Promise<void>;
  /** Changes one setting, or removes it if the value is `undefined`, and saves it. */
  readonly set: (path: SettingPath, value: unknown) => void;
  /** Saves the settings on the screen again. */
  readonly save: () => Promise<void>;
  /**
   * Passes the server's address to the CRM's own Save, which stores it for other pages. Absent where the address is
   * fixed.
   */
  readonly offerAddress: ((chatUrl: string) => void) | undefined;
  /** The address of the server. */
  readonly gateway: () => string;
  /** False from that call until the admin presses the CRM's Save. */
  readonly isAddressSaved: ReadonlySignal<boolean>;
  readonly crmSaved: () => void;
};

/** Attempts at a write that is overtaken by other admins or gets no answer. */
const MOST_TRIES = 4;
const PAUSE_MS = 1000;

export function createOwn(given: {
  readonly page: Pick<HostPage, 'account' | 'me' | 'ownSettings' | 'offerOwnSettings'>;
  readonly server: (address: string) => OwnServer;
  readonly defaultChatUrl: string;
}): OwnModel {
  const { page } = given;
  const field = signal(page.ownSettings());
  const text = signal(cachedOwn(page).text);
  const state = signal<OwnState>({ kind: 'reading' });
  const isOfChannels = signal(false);
  const isAddressSaved = signal(true);
  let base: StoredOwn = { version: '0', settings: null };
  const chatUrl = (): string => readOwnSettings(field.value).chatUrl;
  const gateway = (): string => chosenGateway(chatUrl(), given.defaultChatUrl);
  const server = (): OwnServer => given.server(gateway());
  const know = (own: StoredOwn): void => {
    base = own;
    cacheOwn(page, own);
  };
  /** Settings in the CRM's field move to the server, except the server's address. */
  const wanted = (): object => {
    const fields: { chatUrl?: unknown } = { ...storedFields(text.value) };
    delete fields.chatUrl;
    return fields;
  };

  /**
   * Writes until the server has what the screen shows. Repeating a write is safe, because each names the version it is
   * based on.
   */
  const saved = async (): Promise<OwnState> => {
    let isContested = false;
    for (let tries = 1; ; tries += 1) {
      const settings = wanted();
      if (JSON.stringify(settings) === JSON.stringify(base.settings))
        return { kind: isContested ? 'contested' : 'saved' };
      try {
        const { version } = await server().saveOwn({ version: base.version, settings });
        know({ version, settings });
      } catch (thrown) {
        const failure = asFailure(thrown);
        const isStale = failure.code === 'stale';
        if (tries === MOST_TRIES || !(isStale || leavesOpen(failure))) throw failure;
        if (isStale) {
          const theirs = await server().own();
          const merged = mergedOwn(base.settings ?? {}, wanted(), theirs.settings ?? {});
          isContested ||= merged.isContested;
          text.value = JSON.stringify(merged.settings);
          know(theirs);
        } else await wait(PAUSE_MS);
      }
    }
  };
  let isSaving = false;
  const save = async (): Promise<void> => {
    if (isSaving) return;
    isSaving = true;
    await settle<OwnState>(
      state,
      show => {
        show({ kind: 'saving' });
        return saved();
      },
      failure => {
        if (leavesOpen(failure)) return { kind: 'unknown', failure };
        text.value = base.settings ? JSON.stringify(base.settings) : field.value;
        return { kind: 'failed', failure };
      },
    );
    isSaving = false;
  };

  return {
    state,
    text,
    settings: computed(() => ({ ...readOwnSettings(text.value), chatUrl: chatUrl() })),
    isOfChannels,
    async read() {
      await settle<OwnState>(
        state,
        async show => {
          show({ kind: 'reading' });
          know(await server().own());
          text.value = base.settings ? JSON.stringify(base.settings) : field.value;
          return { kind: 'kept' };
        },
        failure => ({ kind: 'unread', failure }),
      );
      if (state.value.kind !== 'kept' || base.settings || Object.keys(wanted()).every(name => name === 'v'))
        return;
      await save();
      state.value = { kind: 'kept' };
    },
    set(path, value) {
      isOfChannels.value = path[0] === 'channels';
      text.value = withSetting(text.value, path, value);
      void save();
    },
    save,
    gateway,
    offerAddress:
      page.offerOwnSettings &&
      (chosen => {
        const offered = withSetting(field.value, ['chatUrl'], chosen);
        page.offerOwnSettings?.(offered);
        field.value = offered;
        isAddressSaved.value = false;
      }),
    isAddressSaved,
    crmSaved: () => {
      isAddressSaved.value = true;
    },
  };
}
