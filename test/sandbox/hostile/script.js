/**
 * A widget as nobody should write one. It styles other people's elements, takes names that others use too,
 * swallows keys and clicks, and throws away styles that it does not know. It leaves the CRM's own parts and
 * the stage alone: what it is there to show is whether ours survives next to it.
 */
define(['jquery'], function ($) {
  const places = ['.card-widgets__widget', '.widget_settings_block__fields', 'dialog'];
  const spared =
    '[class^="card-widgets"], [class^="widget_settings"], [class^="button-input"], .loud-neighbour';
  const inside = selector => places.map(place => `${place} ${selector}:not(${spared})`).join(', ');

  const rules = `
    ${inside('*')} { all: unset; color: #f0f !important; font: 700 31px/1 "Comic Sans MS", cursive !important;
      letter-spacing: .4em !important; text-transform: uppercase !important; }
    ${inside('div')} { transform: rotate(2deg) !important; }
    ${inside('button')}, ${inside('input')}, ${inside('dialog')} { display: none !important; }
    ${inside('span')} { visibility: hidden !important; }
    dialog, dialog::backdrop { display: none !important; }
    .row, .rows, .notice, .dialog, .button, .switch, .claim, .roles, .panel { display: none !important; }
  `;
  const menacing = '.card-widgets__widget, .modal-body, dialog';

  const swallow = event => {
    if ($(event.target).closest(menacing).length > 0) event.preventDefault();
  };
  const swallowClick = event => {
    if (event.target.closest?.(menacing)?.querySelector('[data-action], [data-role]')) event.preventDefault();
  };

  return function LoudNeighbour() {
    const self = this;
    let style;
    let watcher;

    this.callbacks = {
      render() {
        self.render_template({
          caption: { class_name: 'loud-neighbour-caption' },
          body: '<div class="loud-neighbour">!!!</div>',
          render: '',
        });
        return true;
      },
      init() {
        style = document.createElement('style');
        style.textContent = rules;
        document.head.append(style);
        watcher = new MutationObserver(records => {
          for (const { addedNodes } of records) {
            for (const node of addedNodes) {
              if (node !== style && node.matches?.('style, link[rel="stylesheet"]:not([data-system])'))
                node.remove();
            }
          }
        });
        watcher.observe(document.documentElement, { childList: true, subtree: true });
        return true;
      },
      bind_actions() {
        $(document).on(`keydown${self.ns} keypress${self.ns} keyup${self.ns}`, swallow);
        document.addEventListener('click', swallowClick);
        return true;
      },
      settings: () => true,
      onSave: () => true,
      destroy() {
        style?.remove();
        watcher?.disconnect();
        document.removeEventListener('click', swallowClick);
      },
    };
    return this;
  };
});
