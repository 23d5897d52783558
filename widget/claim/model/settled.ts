import type { Settling } from '../race/press.ts';

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
