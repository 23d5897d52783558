/**
 * The card's panel and its line. Until the part with everything else is loaded, both show what the page knows. The
 * button of the same action stays the same element then, so that a press under way is not lost.
 */
import type { VNode } from 'preact';
import type { ReadonlySignal } from '@preact/signals';
import { Button } from '../ui/Button.tsx';
import { useWords, type Words } from '../words.tsx';
import type { Action, First } from './first.ts';
import { ownerLine } from './owner-line.ts';

/** The unfolded panel. */
export function Card({ first }: { first: First }): VNode {
  const t = useWords();
  const state = first.state.value;
  const part = state.kind === 'open' ? state.part : null;
  return (
    <div class={part ? 'card stack' : 'card stack first'}>
      {part ? (
        <part.Above />
      ) : (
        <p class="owner" role={state.kind === 'shown' ? undefined : 'status'}>
          {line(first, t)}
        </p>
      )}
      <MainButton first={first} action={actionOf(first, t) ?? details(first, t)} />
      {part && <part.Below />}
    </div>
  );
}

/** The line that shows while the CRM keeps our panel folded: whose client this is, and the button. */
export function CardCaption({
  first,
  isOpen,
}: {
  first: First;
  isOpen: ReadonlySignal<boolean>;
}): VNode | null {
  const t = useWords();
  const state = first.state.value;
  if (isOpen.value) return null;
  const part = state.kind === 'open' ? state.part : null;
  return (
    <div class="caption">
      <span role={state.kind === 'shown' ? undefined : 'status'}>
        {part ? <part.Line /> : line(first, t)}
      </span>
      <MainButton first={first} action={actionOf(first, t)} />
      {part && <part.Under />}
    </div>
  );
}

function MainButton({ first, action }: { first: First; action: Action | null }): VNode | null {
  return (
    action && (
      <Button
        key={action.key}
        kind={action.kind}
        busy={action.busy}
        disabled={action.disabled === true}
        onReach={first.prepare}
        onPress={action.press}
      >
        {action.label}
      </Button>
    )
  );
}

/** A press makes sense where nobody has the client, or where the page does not tell. */
function actionOf({ state: { value: state }, ownership, press }: First, t: Words): Action | null {
  if (state.kind === 'open') return state.part.action.value;
  const busy = state.kind === 'opening';
  if (state.kind === 'unsaved' || (ownership && ownership.kind !== 'free' && !busy)) return null;
  return { key: 'claim', label: t('card.button'), kind: 'primary', busy, press };
}

const details = ({ state, look }: First, t: Words): Action | null =>
  state.value.kind === 'shown' || state.value.kind === 'not-loaded'
    ? { key: 'details', label: t('card.details'), kind: 'plain', busy: false, press: look }
    : null;

function line({ state, ownership }: First, t: Words): string {
  switch (state.value.kind) {
    case 'unsaved':
      return t('card.unsaved');
    case 'opening':
      return t('card.claiming');
    case 'not-loaded':
      return t('card.notLoaded');
    case 'shown':
    case 'open':
      return ownership ? ownerLine(ownership, t) : t('card.dealClient');
  }
}
