/** A widget as bundlers produce it: one file without dependencies, a state that outlives cards, and callbacks that return promises. */
define([], function () {
  const createCounter = start => {
    let opened = start;
    return { opened: () => (opened += 1), count: () => opened };
  };
  const savedIn = ({ custom }) => {
    try {
      return JSON.parse(custom).start;
    } catch {
      return 0;
    }
  };

  return class Counter {
    constructor() {
      const self = this;
      let counter;
      const draw = place => {
        const shown = document.createElement('output');
        shown.className = 'counter';
        shown.textContent = self.line(counter.count());
        place.replaceChildren(shown);
      };
      const countCard = async () => {
        counter ??= createCounter(savedIn(self.get_settings()));
        await Promise.resolve();
        if (!APP.isCard()) return true;
        counter.opened();
        self.render_template({
          caption: { class_name: 'counter-caption' },
          body: '<div id="counter"></div>',
          render: '',
        });
        draw(document.querySelector('#counter'));
        return true;
      };
      this.callbacks = {
        render: countCard,
        init: () => true,
        bind_actions: () => true,
        settings({ 0: body }) {
          const field = body.querySelector('input[name="custom"]');
          const start = document.createElement('input');
          start.type = 'number';
          start.setAttribute('aria-label', 'Start at');
          start.addEventListener('input', () => {
            field.value = JSON.stringify({ start: start.valueAsNumber });
            field.dispatchEvent(new Event('change', { bubbles: true }));
          });
          body.querySelector('[id$="_custom_content"]').append(start);
        },
        advancedSettings() {
          draw(document.querySelector(`#work-area-${self.params.widget_code}`));
        },
        onSave: async () => true,
        destroy() {},
      };
    }

    line(opened) {
      const { current_card: card } = APP.data;
      return `${opened} opened, card ${card ? card.id : 'none'}`;
    }
  };
});
