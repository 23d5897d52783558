/**
 * What a framed page shows as long as it has nothing of its own to show. Each says what is the matter, and what to do about
 * it where there is something to do.
 */
import type { ReadonlySignal } from '@preact/signals';
import type { VNode } from 'preact';
import { Button } from '../ui/Button.tsx';
import { useWords } from '../words/words.tsx';

export type FaceState =
  | { readonly kind: 'opening' }
  /** No CRM has answered: this is a tab of its own, or the CRM is slow. */
  | { readonly kind: 'outside' }
  /** The card is nobody's: an organization's, or several at once. */
  | { readonly kind: 'no-client' }
  /** A deal without a person. */
  | { readonly kind: 'no-person' }
  /** Deleted, or hidden from me. */
  | { readonly kind: 'hidden' }
  | {
      /** `not-allowed`: by this person. `unknown-account`: by nobody of the company yet. */
      readonly kind: 'not-allowed' | 'unknown-account';
      readonly address: string;
      readonly again: () => void;
    }
  /** `too-many`: until the CRM's next day. */
  | { readonly kind: 'too-many' | 'signed-out' | 'failed' | 'not-loaded'; readonly again: () => void };

export function Face({ state }: { state: ReadonlySignal<FaceState> }): VNode {
  const t = useWords();
  const face = state.value;
  switch (face.kind) {
    case 'opening':
      return (
        <p class="face opening" role="status">
          {t('frame.opening')}
        </p>
      );
    case 'outside':
    case 'no-client':
    case 'no-person':
    case 'hidden':
      return (
        <p class="face" role="status">
          {t(`frame.${face.kind}`)}
        </p>
      );
    case 'not-allowed':
    case 'unknown-account':
      return (
        <div class="face stack">
          <p role="status">{t(`frame.${face.kind}`)}</p>
          <a class="button button-primary" href={face.address} target="_blank" rel="noreferrer">
            {t('frame.allow')}
          </a>
          <Button onPress={face.again}>{t('frame.allowed')}</Button>
        </div>
      );
    case 'too-many':
    case 'signed-out':
    case 'failed':
    case 'not-loaded':
      return (
        <div class="face stack">
          <p role="status">{t(`frame.${face.kind}`)}</p>
          <Button onPress={face.again}>{t('frame.retry')}</Button>
        </div>
      );
  }
}
