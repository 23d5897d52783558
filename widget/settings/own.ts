/** Our own settings while the admin looks at them: the CRM keeps them, so each change waits for the CRM's own Save. */
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { readOwnSettings, withOwnSettings, type OwnSettings } from '../domain/own-settings.ts';
import type { HostPage } from '../host/host.ts';

export type OwnModel = {
  /** The string that the CRM keeps, as it stands on the screen. Each reader parses of it what he needs. */
  readonly text: ReadonlySignal<string>;
  readonly settings: ReadonlySignal<OwnSettings>;
  /** False from a change until the CRM's own Save was pressed. */
  readonly isKept: ReadonlySignal<boolean>;
  /** Puts fields into the string and offers it to the CRM's Save. Fields that it does not name stay. */
  readonly change: (fields: object) => void;
  /** The CRM has saved what was offered to it. */
  readonly kept: () => void;
};

export function createOwn(page: HostPage): OwnModel {
  const text = signal(page.ownSettings());
  const isKept = signal(true);
  return {
    text,
    settings: computed(() => readOwnSettings(text.value)),
    isKept,
    change(fields) {
      text.value = withOwnSettings(text.value, fields);
      isKept.value = false;
      page.offerOwnSettings(text.value);
    },
    kept: () => {
      isKept.value = true;
    },
  };
}
