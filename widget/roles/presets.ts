/** The most frequent cases, each as one role for everybody it is applied to. */
import type { Role } from '../domain/role.ts';
import { withPlaces, type Draft } from './draft.ts';

export type Preset = {
  readonly id:
    | 'own-clients'
    | 'everybody-sees-all'
    | 'one-answers'
    | 'head-of-sales'
    | 'quality-control'
    | 'admin-tests';
  readonly role: Role;
  readonly receivesNewClients: boolean;
};

/** The three that the product's users ask about first. */
export const MAIN_PRESETS: readonly Preset[] = [
  { id: 'own-clients', role: 'seller', receivesNewClients: true },
  { id: 'everybody-sees-all', role: 'supervisor', receivesNewClients: true },
  { id: 'one-answers', role: 'supervisor', receivesNewClients: true },
];

export const MORE_PRESETS: readonly Preset[] = [
  { id: 'head-of-sales', role: 'supervisor', receivesNewClients: false },
  { id: 'quality-control', role: 'auditor', receivesNewClients: false },
  { id: 'admin-tests', role: 'supervisor', receivesNewClients: false },
];

/** The draft with the preset given to these people on these channels. Nothing else changes. */
export function withPreset(
  draft: Draft,
  preset: Preset,
  {
    channelIds,
    employeeIds,
  }: { readonly channelIds: readonly string[]; readonly employeeIds: readonly string[] },
): Draft {
  const { role, receivesNewClients } = preset;
  return withPlaces(
    draft,
    channelIds.flatMap(channelId =>
      employeeIds.map(employeeId => ({ channelId, employeeId, role, receivesNewClients })),
    ),
  );
}
