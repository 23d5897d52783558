/** The most frequent cases, each as one role for all chosen people. */
import type { RoleChoice } from './draft.ts';

export type Preset = {
  readonly id:
    | 'own-clients'
    | 'everybody-sees-all'
    | 'one-answers'
    | 'head-of-sales'
    | 'quality-control'
    | 'admin-tests';
  readonly choice: RoleChoice;
};

/** The three that the product's users ask about come first. */
export const PRESETS: readonly Preset[] = [
  { id: 'own-clients', choice: { role: 'seller', receivesNewClients: true } },
  { id: 'everybody-sees-all', choice: { role: 'supervisor', receivesNewClients: true } },
  { id: 'one-answers', choice: { role: 'supervisor', receivesNewClients: true } },
  { id: 'head-of-sales', choice: { role: 'supervisor', receivesNewClients: false } },
  { id: 'quality-control', choice: { role: 'auditor', receivesNewClients: false } },
  { id: 'admin-tests', choice: { role: 'supervisor', receivesNewClients: false } },
];
