/** Every picture of the gallery by name. */
import { AGREEMENT_STATES } from './agreement-states.ts';
import { CARD_STATES } from './card-states.ts';
import { CONNECT_STATES } from './connect-states.ts';
import type { Entry } from './entry.ts';
import { HISTORY_STATES } from './history-states.ts';
import { LIST_STATES } from './list-states.ts';
import { NAMELESS_STATES } from './nameless-states.ts';
import { ODD_STATES } from './odd-states.ts';
import { OWN_STATES } from './own-states.ts';
import { PANEL_STATES } from './panel-states.ts';
import { ROLES_STATES } from './roles-states.ts';
import { TRIAL_STATES } from './trial-states.ts';

const ALL = {
  ...PANEL_STATES,
  ...CONNECT_STATES,
  ...OWN_STATES,
  ...HISTORY_STATES,
  ...ROLES_STATES,
  ...TRIAL_STATES,
  ...CARD_STATES,
  ...LIST_STATES,
  ...NAMELESS_STATES,
  ...ODD_STATES,
  ...AGREEMENT_STATES,
};

export type StateName = keyof typeof ALL;
export const STATES: ReadonlyMap<string, Entry> = new Map(Object.entries(ALL));
