/**
 * What a framed page shows until it can show its actual content. Each face says what has happened, and what the person can
 * do about it.
 */
import type { ReadonlySignal } from '@preact/signals';
import type { VNode } from 'preact';
import { Button } from '../ui/Button.tsx';
import { useWords } from '../words/words.tsx';

export type FaceState =
  | { readonly kind: 'opening' }
  /** No CRM has answered, because the page is open in a separate tab or the CRM is slow. */
  | { readonly kind: 'outside' }
  /** The CRM shows no client here: an organization, or several records. */
  | { readonly kind: 'no-client' }
  /** A deal without a person. */
  | { readonly kind: 'no-person' }
  /** The client is deleted or hidden from me. */
  | { readonly kind: 'hidden' }
  | {
      /** `not-allowed`: this person has not given us access. `unknown-account`: no employee of the company has. */
      readonly kind: 'not-allowed' | 'unknown-account';
      readonly address: string;
      readonly again: () => void;
    }
  /** `too-many`: the company's daily budget is used up until the CRM's next day. */
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
