import type { Settling } from '../race/press.ts';

/** A claim that a card which opens now has to show; one that has ended is told by the card itself. */
export const isOpenEnded = ({ kind }: Settling): boolean =>
  ['writing', 'checking', 'unknown', 'kept'].includes(kind);

/** Who has the client once a press has come to this; `undefined` while nobody knows. */
export function settledOwner(settling: Settling, me: string): string | null | undefined {
  switch (settling.kind) {
    case 'mine':
    case 'kept':
      return me;
    case 'changed':
      return settling.contact.ownerId;
    case 'taken':
    case 'too-soon':
      return settling.turn.ownerId;
    case 'writing':
    case 'checking':
    case 'forbidden':
    case 'missing':
    case 'failed':
    case 'unknown':
      return undefined;
  }
}
