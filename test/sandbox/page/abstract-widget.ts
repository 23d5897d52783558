/** The methods that the CRM mixes into a widget's prototype before it calls the constructor. */
import type { Gaps } from './gaps.ts';
import type { HostApp } from './host-app.ts';
import type { JQueryRequest, JQueryStatic } from './jquery.ts';
import { renderBlock, type BlockTemplate } from './right-column.ts';
import type { Selected } from './selection.ts';
import type { Socket } from './socket.ts';
import type { Abstract, WidgetInstance, WidgetParams } from './widget-instance.ts';
import { drawn } from './twig.ts';
import { widgetRender } from './widget-render.ts';

/** A text by its dotted key, or false, as the CRM returns for a missing one. */
function worded(langs: unknown, key: string): unknown {
  const found = key
    .split('.')
    .reduce<unknown>(
      (at, part) => (typeof at === 'object' && at !== null ? Reflect.get(at, part) : undefined),
      langs,
    );
  return found ?? false;
}

/** What the page tells widgets about the current place. */
export type OnScreen = {
  readonly socket: Socket;
  readonly contacts: () => readonly object[];
  readonly selected: () => readonly Selected[];
};

/** Methods in the CRM's documentation that the sandbox does not implement. */
const LACKING = ['add_action', 'add_source', 'get_pipeline_id', 'setSdkCatalogId', 'getSystemCatalogId'];

export function abstractWidget(
  $: JQueryStatic,
  app: HostApp,
  { socket, contacts, selected }: OnScreen,
  gaps: Gaps,
): Abstract & Readonly<Record<string, unknown>> {
  const lacking = LACKING.map(name => [name, () => gaps.name(`self.${name}()`)] as const);
  return {
    ...Object.fromEntries(lacking),
    set_lang(this: WidgetInstance, langs: Record<string, unknown>) {
      this.langs = langs;
    },
    i18n(this: WidgetInstance, key: string) {
      return worded(this.langs, key);
    },
    /** Kept until the page changes; nothing is stored on the server. */
    set_settings(this: WidgetInstance, params: Partial<WidgetParams>) {
      this.params = Object.assign(this.params ?? {}, params);
    },
    get_settings(this: WidgetInstance) {
      this.params ??= {};
      return this.params;
    },
    get_version(this: WidgetInstance) {
      return this.params?.version;
    },
    get_install_status(this: WidgetInstance) {
      return this.params?.status;
    },
    set_status(this: WidgetInstance, status: string) {
      this.set_settings({ status });
    },
    system: () => app.widgets.system,
    render: widgetRender(gaps),
    render_template(this: WidgetInstance, template: BlockTemplate, scope: Record<string, unknown> = {}) {
      renderBlock(this, { ...template, render: drawn(template.render ?? '', scope, gaps) });
    },
    $authorizedAjax(this: WidgetInstance, settings: object): JQueryRequest {
      return authorized($, this.params?.oauth_client_uuid ?? '', settings);
    },
    /** Requests to addresses outside the CRM go through its server. */
    crm_post(address: string, data: unknown, success: unknown, dataType: unknown, error: unknown) {
      const isOutside = new URL(address, location.href).origin !== location.origin;
      const url = isOutside ? `/_page/proxy?to=${encodeURIComponent(address)}` : address;
      return $.ajax({ url, type: 'POST', data, dataType, success, error });
    },
    listenSocketChannel: socket,
    widgetsOverlay(shown: boolean) {
      document.querySelector('#widgets_block')?.classList.toggle('card-widgets_overlaid', shown);
    },
    list_selected: () => ({ selected: selected(), summary: summaryOf(selected()) }),
    get_accounts_current: () => app.constant('account'),
    /** The contacts of the current card, without a request. */
    get_current_card_contacts_data: () => Promise.resolve(contacts()),
  };
}

const summaryOf = (all: readonly Selected[]): object => ({
  items: all.length,
  emails: all.flatMap(({ emails }) => emails).length,
  phones: all.flatMap(({ phones }) => phones).length,
});

/** Fetches a one-time token and sends the request with it, like the CRM's own helper. */
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
