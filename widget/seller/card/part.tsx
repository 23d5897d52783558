/** The loaded part of a card: models, and the views that take over from the shell. */
import type { FunctionComponent } from 'preact';
import { computed } from '@preact/signals';
import type { Words } from '../../words/words.tsx';
import { actionOf } from './view/action.ts';
import type { CardPart } from './card-shell.ts';
import type { ClientModel } from './model/deal-card.ts';
import controls from '../../ui/controls.css?inline';
import panel from './view/panel.css?inline';
import { Above, Below, Line, Under } from './view/Panel.tsx';
import { Guarded } from './view/Trouble.tsx';

export function cardPart(client: ClientModel, t: Words): CardPart {
  const choice = client.state.peek();
  const action = computed(() => actionOf(client, t));
  const guarded =
    (View: FunctionComponent<{ client: ClientModel; main: string }>): FunctionComponent =>
    () => (
      <Guarded>
        <View client={client} main={action.value?.key ?? ''} />
      </Guarded>
    );
  return {
    css: [controls, panel],
    Line: guarded(Line),
    Above: guarded(Above),
    Under: guarded(Under),
    Below: guarded(Below),
    action,
    isUnsettled: choice.kind === 'chosen' && choice.card.state.peek().kind !== 'known',
    press: client.press,
    look: client.look,
    glance: client.glance,
    remove: client.remove,
  };
}
