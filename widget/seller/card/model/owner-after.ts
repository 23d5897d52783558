import type { ClaimState } from '../../claim/press.ts';

/** The client's owner when a press is in this state; `undefined` if the state does not say. */
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
