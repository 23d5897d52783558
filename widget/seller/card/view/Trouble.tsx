/** Shows failures where they happen, including our own defects, with a way to try again. */
import { Component, type ComponentChildren, type VNode } from 'preact';
import { asFailure, type Failure } from '../../../http/failure.ts';
import { Button } from '../../../ui/Button.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { whyFailed } from '../../../words/why-failed.ts';
import { useWords, type Words } from '../../../words/words.tsx';
import type { Trouble } from '../model/acting.ts';

/** The button that tries again or, with `isLook`, checks again. */
export function Again({ isLook = false, press }: { isLook?: boolean; press: () => void }): VNode {
  const t = useWords();
  return <Button onPress={press}>{t(isLook ? 'claim.lookAgain' : 'claim.retry')}</Button>;
}

/** The sentence, or an explanation of the defect if the failure is one of ours. */
export const defectOr = (sentence: string, failure: Failure, t: Words): string =>
  failure.code === 'defect' ? whyFailed(t, failure) : sentence;

export function TroubleNotice({ trouble }: { trouble: Trouble | null }): VNode | null {
  const t = useWords();
  return (
    trouble && (
      <Notice tone="problem" action={<Again press={trouble.again} />}>
        {trouble.about && `${t('claim.deals.failed')} `}
        {whyFailed(t, trouble.failure)}
      </Notice>
    )
  );
}

type Guard = { readonly failure: Failure | null };

/** Catches what views throw while they render. */
export class Guarded extends Component<{ children: ComponentChildren }, Guard> {
  override state: Guard = { failure: null };
  override componentDidCatch(thrown: unknown): void {
    this.setState({ failure: asFailure(thrown) });
  }
  override render(): ComponentChildren {
    const { failure } = this.state;
    const again = (): void => this.setState({ failure: null });
    return failure ? <TroubleNotice trouble={{ failure, about: undefined, again }} /> : this.props.children;
  }
}
