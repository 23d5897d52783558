/** The hint about who will no longer see a client. Its view is loaded on demand, because no first face needs it. */
import { signal } from '@preact/signals';
import type { FunctionComponent, VNode } from 'preact';
import type { FormPlace, Hides, NextStep } from '../seller/card/model/hides.ts';

type About = { readonly step: NextStep; readonly place: FormPlace | undefined };

export function hidesLater(): Hides {
  const view = signal<FunctionComponent<About> | null>(null);
  let isAsked = false;
  const load = async (): Promise<void> => {
    isAsked = true;
    try {
      view.value = (await import('../seller/card/view/Hidden.tsx')).Hidden;
    } catch {
      isAsked = false;
    }
  };
  function Later(about: About): VNode | null {
    const Loaded = view.value;
    return Loaded && <Loaded {...about} />;
  }
  return (step, place) => {
    if (!isAsked) void load();
    return <Later step={step} place={place} />;
  };
}
