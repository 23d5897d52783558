/**
 * The yardstick: the same two jobs as a good engineer would do them in a day. Preact and its hooks, `fetch`, one state for
 * each view, every row drawn. It has no search over groups, no undo, no merge, no race between sellers: it does its jobs in
 * the most direct way.
 */
import { render } from 'preact';
import { createCalls, type Calls } from './calls.ts';
import { Card } from './Card.tsx';
import { Settings } from './Settings.tsx';

type Page = {
  callbacks: Record<string, (...given: { readonly 0?: Element }[]) => boolean | void>;
  readonly params: { readonly custom?: string; readonly oauth_client_uuid: string };
  readonly render_template: (block: {
    caption: { class_name: string };
    body: string;
    render: string;
  }) => void;
  readonly i18n: (key: string) => string;
};

const callsOf = ({ params }: Page): Calls =>
  createCalls(JSON.parse(params.custom ?? '{}'), params.oauth_client_uuid);

function constructorOf(): (this: Page) => void {
  return function (this: Page) {
    const shown: Element[] = [];
    const put = (place: Element | null | undefined, view: preact.VNode): void => {
      const root = document.createElement('div');
      place?.append(root);
      render(view, root);
      shown.push(root);
    };
    this.callbacks = {
      render: () => {
        const card = window.APP.data.current_card;
        if (!card) return true;
        this.render_template({ caption: { class_name: 'plain-caption' }, body: '', render: '' });
        put(
          document.querySelector('#widgets_block .plain-caption'),
          <Card
            contactId={card.id}
            owner={card.main_user}
            say={key => this.i18n(`card.${key}`)}
            calls={callsOf(this)}
          />,
        );
        return true;
      },
      init: () => true,
      bind_actions: () => true,
      settings: modal => {
        put(modal?.[0], <Settings calls={callsOf(this)} />);
        return true;
      },
      destroy: () => {
        shown.splice(0).forEach(root => {
          render(null, root);
          root.remove();
        });
      },
    };
  };
}

export const PlainWidget = constructorOf();
