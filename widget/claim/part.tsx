/** The card's loaded part: models, and the views that take over from the first face. */
import type { VNode } from 'preact';
import { computed } from '@preact/signals';
import { useWords, type Words } from '../words.tsx';
import { actionOf } from './view/action.ts';
import type { CardPart } from './first.ts';
import type { ClientModel } from './model/deal-card.ts';
import controls from '../ui/controls.css?inline';
import panel from './view/panel.css?inline';
import { Above, Below, lineOf } from './view/Panel.tsx';

export function cardPart(client: ClientModel, t: Words): CardPart {
  const choice = client.state.peek();
  return {
    css: [controls, panel],
    Line: (): VNode => <>{lineOf(client.state.value, useWords())}</>,
    Above: () => <Above client={client} />,
    Below: () => <Below client={client} />,
    action: computed(() => actionOf(client, t)),
    isUnsettled: choice.kind === 'chosen' && choice.card.state.peek().kind !== 'known',
    press: () => void client.press(),
    look: client.look,
    remove: client.remove,
  };
}
