/**
 * The card's panel. What it shows when the card opens is drawn here; what a press leads to is drawn by the part that
 * loads with the press, so that cards on which nobody presses stay light.
 */
import type { FunctionComponent, VNode } from 'preact';
import type { ReadonlySignal } from '@preact/signals';
import { useWords, type Words } from '../words.tsx';
import { ClaimButton } from './ClaimButton.tsx';
import type { CardModel, FirstState, OutcomeState } from './model.ts';
import { ownerLine } from './owner-line.ts';

/** The faces of the loaded part. */
export type OutcomeFaces = {
  readonly Outcome: FunctionComponent<{ state: OutcomeState; model: CardModel }>;
  readonly outcomeLine: (state: OutcomeState, t: Words) => string;
};

type CardProps = {
  model: CardModel;
  /** `null` until the part has been loaded: before that there is no outcome either. */
  faces: ReadonlySignal<OutcomeFaces | null>;
};

/** The unfolded panel. */
export function Card({ model, faces }: CardProps): VNode {
  const state = model.state.value;
  const Outcome = faces.value?.Outcome;
  return (
    <div class="card stack">
      {isFirst(state) ? <First state={state} /> : Outcome && <Outcome state={state} model={model} />}
      <ClaimButton model={model} />
    </div>
  );
}

/** The line that shows while the CRM keeps our panel folded: whose client this is, and the button. */
export function CardCaption({
  model,
  faces,
  isOpen,
}: CardProps & { isOpen: ReadonlySignal<boolean> }): VNode | null {
  const t = useWords();
  const state = model.state.value;
  if (isOpen.value) return null;
  return (
    <div class="caption">
      <span>{isFirst(state) ? firstLine(state, t) : faces.value?.outcomeLine(state, t)}</span>
      <ClaimButton model={model} />
    </div>
  );
}

const FIRST: ReadonlySet<string> = new Set<FirstState['kind']>([
  'unsaved',
  'shown',
  'claiming',
  'not-loaded',
]);
const isFirst = (state: FirstState | OutcomeState): state is FirstState => FIRST.has(state.kind);

function First({ state }: { state: FirstState }): VNode {
  const t = useWords();
  return (
    <>
      <p class="owner" role={state.kind === 'shown' ? undefined : 'status'}>
        {firstLine(state, t)}
      </p>
      {state.kind === 'shown' && <p class="quiet">{t(`card.${state.ownership.kind}Hint`)}</p>}
    </>
  );
}

function firstLine(state: FirstState, t: Words): string {
  switch (state.kind) {
    case 'shown':
      return ownerLine(state.ownership, t);
    case 'unsaved':
      return t('card.unsaved');
    case 'claiming':
      return t('card.claiming');
    case 'not-loaded':
      return t('card.notLoaded');
  }
}
