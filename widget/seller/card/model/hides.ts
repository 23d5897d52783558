import type { ReadonlySignal } from '@preact/signals';
import type { ComponentChild } from 'preact';
import type { Ownership } from '../../../../domain/ownership.ts';
import type { HostPage } from '../../../host/host.ts';
import type { Permission } from './permission.ts';

/** What decides who gets the client by the next step. A card's model has all of it. */
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

/** Where a form is that decides it: see view/Letter.tsx. */
export type FormPlace = 'button' | 'ask' | 'more';

/** Says whom the CRM hides the client from by the next step; without `place`, by the one that needs no form. */
export type Hides = (step: NextStep, place?: FormPlace) => ComponentChild;
