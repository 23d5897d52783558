/** Our own settings while the admin looks at them: the CRM keeps them, so each change waits for the CRM's own Save. */
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { refusalOf, type Refusal } from '../domain/own-limits.ts';
import { readOwnSettings, withOwnSettings, type OwnSettings } from '../domain/own-settings.ts';
import type { HostPage } from '../host/host.ts';

export type OwnModel = {
  /** The string that the CRM keeps, as it stands on the screen. Each reader parses of it what he needs. */
  readonly text: ReadonlySignal<string>;
  readonly settings: ReadonlySignal<OwnSettings>;
  /** False from a change until the CRM's own Save was pressed. */
  readonly isKept: ReadonlySignal<boolean>;
  /** Why the last change was not taken. Everything is as it was before it. */
  readonly refusal: ReadonlySignal<Refusal | null>;
  /** Puts fields into the string and offers it to the CRM's Save. Fields that it does not name stay. */
  readonly change: (fields: object) => void;
  /** The CRM has saved what was offered to it. */
  readonly kept: () => void;
};

export function createOwn(page: HostPage): OwnModel {
  const text = signal(page.ownSettings());
  const isKept = signal(true);
  const refusal = signal<Refusal | null>(null);
  return {
    text,
    settings: computed(() => readOwnSettings(text.value)),
    isKept,
    refusal,
    change(fields) {
      const changed = withOwnSettings(text.value, fields);
      refusal.value = refusalOf(text.value, changed);
      if (refusal.value) return;
      text.value = changed;
      isKept.value = false;
      page.offerOwnSettings(text.value);
    },
    kept: () => {
      isKept.value = true;
    },
  };
}
