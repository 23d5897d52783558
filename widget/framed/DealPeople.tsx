/** Shown above the card of a deal: the client's name, and a button to choose another person of the deal. */
import type { VNode } from 'preact';
import { Button } from '../ui/Button.tsx';
import { useWords } from '../words/words.tsx';
import type { PeopleOfDeal } from './people-of-deal.ts';

export function DealPeople({ people }: { people: PeopleOfDeal }): VNode {
  const t = useWords();
  const { hasOthers, choose, ask } = people;
  const shown = people.shown.value;
  const state = people.state.value;
  const { kind } = state;
  return (
    <div class="people stack">
      {!shown && <p role="status">{t('frame.people.none')}</p>}
      {kind === 'read' ? <state.Choice shown={shown} choose={choose} /> : shown && <p>{shown.name}</p>}
      {kind === 'failed' && <p role="status">{t('frame.people.failed')}</p>}
      {hasOthers && kind !== 'read' && (
        <Button kind={shown ? 'link' : 'plain'} busy={kind === 'reading'} onPress={ask}>
          {t(kind === 'failed' ? 'frame.retry' : shown ? 'frame.people.other' : 'frame.people.choose')}
        </Button>
      )}
    </div>
  );
}
