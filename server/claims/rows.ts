/** Rows of the tables `claim` and `claimed_client`, parsed and written. */
import * as v from 'valibot';
import type { ClaimedClient } from './grant.ts';

const ownerId = v.nullable(v.string());
const event = v.object({
  id: v.string(),
  by: ownerId,
  before: ownerId,
  after: ownerId,
  at: v.number(),
  press: v.nullable(v.string()),
});
export const ledger = v.object({ base: ownerId, from: v.number(), events: v.array(event) });
const state = v.picklist(['open', 'stands', 'void', 'released', 'lapsed']);
export const parseState = (stored: string): v.InferOutput<typeof state> => v.parse(state, stored);
export const claim = v.object({
  press: v.string(),
  kind: v.picklist(['press', 'repair']),
  employeeId: v.string(),
  base: ownerId,
  toId: v.string(),
  from: v.number(),
  heardAt: v.number(),
  outcome: v.nullable(v.picklist(['written', 'unknown', 'stopped'])),
  state,
});
export const CLAIM = [
  'press',
  'kind',
  'employeeId',
  'base',
  'toId',
  'writtenFrom as from',
  'heardAt',
  'told as outcome',
  'state',
] as const;

export const clientIn = (row: {
  readonly ledger: unknown;
  readonly version: number;
  readonly activeUntil: number;
  readonly heldPress: string | null;
  readonly heldBy: string | null;
  readonly heldUntil: number | null;
  readonly isHeldFirmly: boolean;
}): ClaimedClient => ({
  ledger: v.parse(ledger, row.ledger),
  version: row.version,
  activeUntil: row.activeUntil,
  hold:
    row.heldPress === null || row.heldBy === null || row.heldUntil === null
      ? null
      : { press: row.heldPress, by: row.heldBy, until: row.heldUntil, isExclusive: row.isHeldFirmly },
});

export const columnsOf = ({ ledger: known, version, activeUntil, hold }: ClaimedClient) => ({
  ledger: JSON.stringify(known),
  version,
  activeUntil,
  heldPress: hold?.press ?? null,
  heldBy: hold?.by ?? null,
  heldUntil: hold?.until ?? null,
  isHeldFirmly: hold?.isExclusive ?? false,
});
