/** The people that an example changes. */
import type { Employee } from '../../../../domain/employee.ts';
import type { RolesModel } from './model.ts';
import type { Preset } from '../rules/presets.ts';

/** `everybody`, `selected`, `me`, or `group <id>`. */
export type Audience = string;

export function audienceOf(audience: Audience, model: RolesModel): readonly Employee[] {
  const working = model.rows.value.filter(row => row.isStaff).map(row => row.employee);
  switch (audience) {
    case 'everybody':
      return working;
    case 'selected':
      return model.rows.value.map(row => row.employee).filter(one => model.selected.value.has(one.id));
    case 'me':
      return working.filter(one => one.id === model.me);
    default:
      return working.filter(one => `group ${one.groupId}` === audience);
  }
}

/** The first two examples concern a whole team, the others single people. */
export function usualAudience(preset: Preset, isSomebodySelected: boolean): Audience {
  if (isSomebodySelected) return 'selected';
  switch (preset.id) {
    case 'own-clients':
    case 'everybody-sees-all':
      return 'everybody';
    case 'admin-tests':
      return 'me';
    case 'one-answers':
    case 'head-of-sales':
    case 'quality-control':
      return 'selected';
  }
}
