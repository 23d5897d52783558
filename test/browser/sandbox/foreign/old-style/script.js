/** A widget as they were written ten years ago: templates over jQuery, the CRM's own controls and window. */
define([
  'jquery',
  'backbone',
  'lib/components/base/modal',
  'text!./templates/card.twig',
  'json!./people.json',
  './lib/people.js',
], function ($, Backbone, Modal, cardTemplate, people, lib) {
  return function BirthdayList() {
    const self = this;
    const Sorted = Backbone.Collection.extend({ comparator: 'day' });

    const loadStyle = () => {
      const { path, version } = self.get_settings();
      const href = `${path}/style.css?v=${version}`;
      if ($(`link[href="${href}"]`).length === 0)
        $('head').append(`<link href="${href}" type="text/css" rel="stylesheet">`);
    };
    const greet = () =>
      self
        .$authorizedAjax({ url: 'https://birthdays.example/greet', method: 'POST', data: { name: 'Anna' } })
        .done(answer =>
          self.render({
            href: '/templates/window.twig',
            base_path: self.params.path,
            v: self.get_version(),
            load: template => {
              const show = new Modal({
                class_name: 'birthday-modal',
                init($body) {
                  $body
                    .trigger('modal:loaded')
                    .html(template.render({ text: answer.said }))
                    .trigger('modal:centrify');
                },
                destroy() {},
              });
              $('.birthday-window').data('modal', show);
            },
          }),
        );

    this.callbacks = {
      render() {
        loadStyle();
        const all = new Sorted(lib.sorted(people));
        self.render_template({
          caption: { class_name: 'birthday-caption', html: '' },
          body: '',
          render:
            self.render(
              { data: cardTemplate },
              { title: self.i18n('card').title, people: all.toJSON(), greeting: self.params.greeting },
            ) +
            self.render(
              { ref: '/tmpl/controls/button.twig' },
              { class_name: 'js-greet', text: self.i18n('card.greet'), blue: true },
            ) +
            self.render({ data: '{% include "star.twig" %}' }, {}) +
            self.render({ ref: '/tmpl/controls/date_field.twig' }, { name: 'day' }),
        });
        return true;
      },
      init() {
        self.add_action('phone', () => {});
        $('.birthday-list').attr('data-router', String(APP.router));
        require(['lib/interface/controls/suggest'], () => {});
        return true;
      },
      bind_actions() {
        $(document).on(`click${self.ns}`, '.js-greet', greet);
        return true;
      },
      settings($body) {
        $body
          .find('input[name="greeting"]')
          .hide()
          .after(
            self.render(
              { ref: '/tmpl/controls/select.twig' },
              {
                class_name: 'js-choice',
                name: 'choice',
                selected: 'hi',
                items: [
                  { id: 'hi', option: 'Hi there' },
                  { id: 'hooray', option: 'Hooray' },
                ],
              },
            ) +
              self.render(
                { ref: '/tmpl/controls/checkbox.twig' },
                { name: 'loud', value: 'Y', text: 'Loudly', checked: true },
              ),
          );
        $body.on('change', 'input[name="choice"]', event =>
          $body.find('input[name="greeting"]').val(event.target.value).trigger('change'),
        );
        return true;
      },
      onSave({ fields }) {
        fields.loud = { on: $('.birthday_list input[name="loud"]').prop('checked') };
        return true;
      },
      dpSettings() {},
      destroy() {
        $(document).off(self.ns);
      },
    };
    return this;
  };
});
