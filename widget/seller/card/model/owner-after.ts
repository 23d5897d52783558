import type { ClaimState } from '../../claim/press.ts';

/** Who has the client once a press has come to this; `undefined` while nobody knows. */
export function ownerAfter(state: ClaimState): string | null | undefined {
  switch (state.kind) {
    case 'mine':
    case 'given':
    case 'changed':
      return state.contact.ownerId;
    case 'withdrawn':
      return state.ownerId;
    case 'asking':
    case 'writing':
    case 'checking':
    case 'held':
    case 'forbidden':
    case 'missing':
    case 'failed':
    case 'unknown':
      return undefined;
  }
}
