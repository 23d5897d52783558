import type { ReadonlySignal } from '@preact/signals';
import type { ComponentChild } from 'preact';
import type { Ownership } from '../../../../domain/ownership.ts';
import type { HostPage } from '../../../host/host.ts';
import type { Permission } from './permission.ts';

/** The part of a card's model that says who gets the client next. */
export type NextStep = {
  readonly given: {
    readonly page: Pick<HostPage, 'me' | 'employee' | 'hiddenBy'>;
    readonly services: { readonly own: ReadonlySignal<{ readonly standInOwners: readonly string[] }> };
  };
  readonly ownership: ReadonlySignal<Ownership>;
  readonly permission: ReadonlySignal<Permission>;
  readonly exchange: {
    readonly state: ReadonlySignal<{ readonly kind: string; readonly purpose?: string }>;
    readonly toId: ReadonlySignal<string>;
    /** Open questions to me. */
    readonly toMe: ReadonlySignal<readonly { readonly fromId: string }[]>;
  };
};

/** The place of the form in which the person decides that. See view/Letter.tsx. */
export type FormPlace = 'button' | 'ask' | 'more';

/** A hint about who will no longer see the client after the next step. Without `place`, the step needs no form. */
export type Hides = (step: NextStep, place?: FormPlace) => ComponentChild;
