/** What the CRM mixes into a widget's prototype before it calls the constructor. */
import type { HostApp } from './host-app.ts';
import type { JQueryRequest, JQueryStatic } from './jquery.ts';
import { renderBlock, type BlockTemplate } from './right-column.ts';
import type { Selected } from './selection.ts';
import type { WidgetInstance, WidgetParams } from './widget-instance.ts';

type Self = WidgetInstance & { readonly render: (...given: unknown[]) => string };

const unsupported = (what: string): Error => new Error(`The sandbox has no ${what}: bring your own markup`);

/** A value by its dotted key, or false, as the CRM answers for a missing one. */
function worded(langs: unknown, key: string): unknown {
  const found = key
    .split('.')
    .reduce<unknown>(
      (at, part) => (typeof at === 'object' && at !== null ? Reflect.get(at, part) : undefined),
      langs,
    );
  return found ?? false;
}

/** What the page tells widgets of the place that is on screen. */
export type OnScreen = {
  readonly contacts: () => readonly object[];
  readonly selected: () => readonly Selected[];
};

export function abstractWidget($: JQueryStatic, app: HostApp, { contacts, selected }: OnScreen): object {
  return {
    set_lang(this: Self, langs: Record<string, unknown>) {
      this.langs = langs;
    },
    i18n(this: Self, key: string) {
      return worded(this.langs, key);
    },
    /** Lives until the page changes: nothing is kept on the server. */
    set_settings(this: Self, params: WidgetParams) {
      this.params = Object.assign(this.params ?? {}, params);
    },
    get_settings(this: Self) {
      return this.params ?? {};
    },
    get_version(this: Self) {
      return this.params?.version;
    },
    get_install_status(this: Self) {
      return this.params?.status;
    },
    set_status(this: Self, status: string) {
      this.set_settings({ status });
    },
    system: () => app.widgets.system,
    render() {
      throw unsupported('twig');
    },
    render_template(this: Self, template: BlockTemplate) {
      if (/\{[{%]/.test(template.render ?? '')) throw unsupported('twig');
      renderBlock(this, template);
    },
    $authorizedAjax(this: Self, settings: object): JQueryRequest {
      return authorized($, this.params?.oauth_client_uuid ?? '', settings);
    },
    crm_post(url: string, data: unknown, success: unknown, dataType: unknown, error: unknown) {
      return $.ajax({ url, type: 'POST', data, dataType, success, error });
    },
    widgetsOverlay(shown: boolean) {
      document.querySelector('#widgets_block')?.classList.toggle('card-widgets_overlaid', shown);
    },
    list_selected: () => ({ selected: selected(), summary: summaryOf(selected()) }),
    add_action: () => undefined,
    get_accounts_current: () => app.constant('account'),
    /** Of the card on screen, without a request. */
    get_current_card_contacts_data: () => Promise.resolve(contacts()),
  };
}

const summaryOf = (all: readonly Selected[]): object => ({
  items: all.length,
  emails: all.flatMap(({ emails }) => emails).length,
  phones: all.flatMap(({ phones }) => phones).length,
});

/** Asks for a one-time token and sends the request with it, as the CRM's own helper does. */
function authorized($: JQueryStatic, uuid: string, settings: object): JQueryRequest {
  const url = `/ajax/v2/integrations/${uuid}/disposable_token`;
  return $.ajax({ url, dataType: 'json' }).then(answer => {
    const token: unknown = Reflect.get(Object(answer), 'token');
    return $.ajax({
      ...settings,
      headers: { ...Object(Reflect.get(settings, 'headers')), 'X-Auth-Token': token },
    });
  });
}
