/**
 * Who sees a person of Pipedrive, by its step of visibility. Source: its help page on visibility groups. Whoever administers
 * the CRM's records, the owner and the followers always do, and so do the groups above the owner's. Plans without groups have
 * everybody in one. Followers are not known here: reading them costs ten times as much as the person.
 */
import type { Hidden } from '../host.ts';

export type Seer = {
  readonly id: string;
  /** Empty where it is not known. */
  readonly groupId: string;
  /** Administers everything, or the CRM's records. */
  readonly seesAll: boolean;
};
export type Groups = readonly { readonly id: string; readonly parentId: string | null }[];
export type Visibility = {
  /** `null`: the CRM tells none. */
  readonly visibleTo: number | null;
  /** `null`: they are not told to the person who looks. */
  readonly groups: Groups | null;
};

const OWNER_ALONE = 1;
const GROUP = 3;
const GROUP_AND_BELOW = 5;

/** Where something is not known, nobody is said to be left out, but by the step that names the owner alone. */
export function sees(seer: Seer, owner: Seer, { visibleTo, groups }: Visibility): boolean {
  if (seer.seesAll || seer.id === owner.id || isAbove(groups, seer.groupId, owner.groupId)) return true;
  if (visibleTo === OWNER_ALONE) return false;
  const isUnknown = !groups || seer.groupId === '' || owner.groupId === '';
  if (isUnknown || !(visibleTo === GROUP || visibleTo === GROUP_AND_BELOW)) return true;
  const isBelow = visibleTo === GROUP_AND_BELOW && isAbove(groups, owner.groupId, seer.groupId);
  return isBelow || seer.groupId === owner.groupId;
}

/** Who stops seeing a person whom `from` hands to `to`. */
export function hiddenFrom(me: string, from: Seer, to: Seer, visibility: Visibility): Hidden {
  if (sees(from, to, visibility)) return 'nobody';
  if (from.id === me) return 'me';
  const { visibleTo } = visibility;
  return visibleTo === GROUP || visibleTo === GROUP_AND_BELOW ? 'former-group' : 'former-owner';
}

/** A tree that leads back to where it began has no top. */
function isAbove(groups: Groups | null, upperId: string, id: string): boolean {
  const parentOf = new Map(groups?.map(one => [one.id, one.parentId]));
  const passed = new Set<string>();
  let at = parentOf.get(id) ?? null;
  while (at !== null && !passed.has(at)) {
    if (at === upperId) return true;
    passed.add(at);
    at = parentOf.get(at) ?? null;
  }
  return false;
}
