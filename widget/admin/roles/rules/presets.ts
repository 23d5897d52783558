/** The most frequent cases, each as one role for everybody it is applied to. */
import type { Place } from './draft.ts';

export type Preset = {
  readonly id:
    | 'own-clients'
    | 'everybody-sees-all'
    | 'one-answers'
    | 'head-of-sales'
    | 'quality-control'
    | 'admin-tests';
  readonly place: Place;
};

/** The three that the product's users ask about come first. */
export const PRESETS: readonly Preset[] = [
  { id: 'own-clients', place: { role: 'seller', receivesNewClients: true } },
  { id: 'everybody-sees-all', place: { role: 'supervisor', receivesNewClients: true } },
  { id: 'one-answers', place: { role: 'supervisor', receivesNewClients: true } },
  { id: 'head-of-sales', place: { role: 'supervisor', receivesNewClients: false } },
  { id: 'quality-control', place: { role: 'auditor', receivesNewClients: false } },
  { id: 'admin-tests', place: { role: 'supervisor', receivesNewClients: false } },
];
