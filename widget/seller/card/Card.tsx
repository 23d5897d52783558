/**
 * The card's panel and its folded line. Both show what the page knows until the rest of the card is loaded. The button of
 * an action stays the same element after that, so that a press under way is not lost.
 */
import type { VNode } from 'preact';
import type { ReadonlySignal } from '@preact/signals';
import { Button } from '../../ui/Button.tsx';
import { useWords, type Words } from '../../words/words.tsx';
import type { Action, CardShell } from './card-shell.ts';
import { ownerLine } from './owner-line.ts';

/** The unfolded panel. */
export function Card({ shell }: { shell: CardShell }): VNode {
  const t = useWords();
  const state = shell.state.value;
  const part = state.kind === 'open' ? state.part : null;
  return (
    <div class={part ? 'card stack' : 'card stack first'}>
      {part ? (
        <part.Above />
      ) : (
        <p class="owner" role={state.kind === 'shown' ? undefined : 'status'}>
          {line(shell, t)}
        </p>
      )}
      <MainButton shell={shell} action={actionOf(shell, t) ?? details(shell, t)} />
      {part && <part.Below />}
    </div>
  );
}

/** The line that is shown while the CRM folds our panel: the owner and the button. */
export function CardCaption({
  shell,
  isOpen,
}: {
  shell: CardShell;
  isOpen: ReadonlySignal<boolean>;
}): VNode | null {
  const t = useWords();
  const state = shell.state.value;
  if (isOpen.value) return null;
  const part = state.kind === 'open' ? state.part : null;
  return (
    <div class="caption">
      <span role={state.kind === 'shown' ? undefined : 'status'}>
        {part ? <part.Line /> : line(shell, t)}
      </span>
      <MainButton shell={shell} action={actionOf(shell, t)} />
      {part && <part.Under />}
    </div>
  );
}

function MainButton({ shell, action }: { shell: CardShell; action: Action | null }): VNode | null {
  return (
    action && (
      <Button
        key={action.key}
        kind={action.kind}
        busy={action.busy}
        disabled={action.disabled === true}
        onReach={shell.prepare}
        onPress={action.press}
      >
        {action.label}
      </Button>
    )
  );
}

/** Before the card is loaded, the button is offered for free clients and where the page does not show the owner. */
function actionOf({ state: { value: state }, ownership, press }: CardShell, t: Words): Action | null {
  if (state.kind === 'open') return state.part.action.value;
  const busy = state.kind === 'opening';
  if (state.kind === 'unsaved' || (ownership && ownership.kind !== 'free' && !busy)) return null;
  return { key: 'claim', label: t('card.button'), kind: 'primary', busy, press };
}

const details = ({ state, look }: CardShell, t: Words): Action | null =>
  state.value.kind === 'shown' || state.value.kind === 'not-loaded'
    ? { key: 'details', label: t('card.details'), kind: 'plain', busy: false, press: look }
    : null;

function line({ state, ownership }: CardShell, t: Words): string {
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
