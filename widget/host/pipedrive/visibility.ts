/**
 * Who sees a person in Pipedrive, by the person's level of visibility. The owner, followers, admins of the records and all
 * groups above the owner's group always see the person. On plans without groups, all users are in one group. Followers are
 * not known here, because reading them costs ten times as much as reading the person. Source: Pipedrive's help page on
 * visibility groups.
 */
import type { Hidden } from '../host.ts';

export type Seer = {
  readonly id: string;
  /** Empty if it is not known. */
  readonly groupId: string;
  /** True for admins of everything and for admins of the records. */
  readonly seesAll: boolean;
};
export type Groups = readonly { readonly id: string; readonly parentId: string | null }[];
export type Visibility = {
  /** `null` if it is not known. */
  readonly visibleTo: number | null;
  /** `null` if this employee may not read them. */
  readonly groups: Groups | null;
};

const OWNER_ALONE = 1;
const GROUP = 3;
const GROUP_AND_BELOW = 5;

/** True if something is unknown, with one exception: an employee of the owner's own group is certainly not above it. */
export function sees(seer: Seer, owner: Seer, { visibleTo, groups }: Visibility): boolean {
  if (seer.seesAll || seer.id === owner.id || isAbove(groups, seer.groupId, owner.groupId)) return true;
  const isUnknown = !groups || seer.groupId === '' || owner.groupId === '';
  if (visibleTo === OWNER_ALONE) return isUnknown && seer.groupId !== owner.groupId;
  if (isUnknown || !(visibleTo === GROUP || visibleTo === GROUP_AND_BELOW)) return true;
  const isBelow = visibleTo === GROUP_AND_BELOW && isAbove(groups, owner.groupId, seer.groupId);
  return isBelow || seer.groupId === owner.groupId;
}

/** Who will no longer see a person when `to` becomes the owner instead of `from`. */
export function hiddenFrom(me: string, from: Seer, to: Seer, visibility: Visibility): Hidden {
  if (sees(from, to, visibility)) return 'nobody';
  if (from.id === me) return 'me';
  const { visibleTo } = visibility;
  return visibleTo === GROUP || visibleTo === GROUP_AND_BELOW ? 'former-group' : 'former-owner';
}

/** Also ends if the groups form a loop. */
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
