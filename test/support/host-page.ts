/** The widget's host half over a stage without a browser: a CRM page as the logged-in person sees it. */
import { amocrmPage } from '../../widget/host/amocrm/page.ts';
import type { AmoApp, AmoWidget } from '../../widget/host/amocrm/widget.ts';
import { openRecordsOf } from '../../widget/host/amocrm/open-records.ts';
import type { HostKit, HostPage, OpenRecords } from '../../widget/host/host.ts';
import type { NodeStage } from '../mocks/node.ts';
import { bootFor } from '../sandbox/boot.ts';
import { wordsIn } from './words.ts';

export type PageOptions = {
  /** The open card; 0 for an unsaved contact. Without it, this is the settings page. */
  readonly contactId?: number;
  /** The open deal card. */
  readonly dealId?: number;
  /** Own settings as stored by the CRM; `null`: it stores none. */
  readonly own?: object | null;
  readonly installed?: boolean;
  /** Receives what is offered to the CRM's own Save. */
  readonly modal?: Element;
  /** How the page reports what others change. */
  readonly listens?: AmoWidget['listenSocketChannel'];
  /** A broken list of people lacks even the person who looks at it. */
  readonly listsMe?: boolean;
};

export function crmPage(
  { world, person }: Pick<NodeStage, 'world' | 'person'>,
  { contactId, dealId, own = {}, installed = true, modal, listens, listsMe = true }: PageOptions = {},
): HostPage {
  const me = world.crm.users.get(person ?? 0);
  if (!me) throw new Error('Nobody is logged in on this stage');
  const { constants, language } = bootFor(world, me, 1, '');
  if (!listsMe) Reflect.deleteProperty(Object(constants['managers']), String(me.id));
  const contact = world.crm.contacts.get(contactId ?? 0);
  const deal = world.crm.leads.get(dealId ?? 0);
  const isCard = contactId !== undefined || deal !== undefined;
  const app: AmoApp = {
    constant: name => constants[name],
    getBaseEntity: () => (deal ? 'leads' : isCard ? 'contacts' : 'widgetsSettings'),
    getWidgetsArea: () => (deal ? 'leads_card' : isCard ? 'contacts_card' : 'widgetsSettings'),
    lang_id: language,
    data: {
      current_card: isCard && {
        id: deal?.id ?? contactId,
        main_user: String((deal ?? contact)?.responsibleUserId ?? 0),
      },
    },
  };
  const widget: AmoWidget = {
    callbacks: {
      render: () => true,
      init: () => true,
      bind_actions: () => true,
      settings: () => true,
      onSave: () => true,
      destroy: () => undefined,
    },
    langs: {},
    get_settings: () => ({
      ...(own && { custom: JSON.stringify(own) }),
      oauth_client_uuid: world.crm.integration.uuid,
    }),
    get_install_status: () => (installed ? 'installed' : 'install'),
    render_template: () => undefined,
    ...(listens && { listenSocketChannel: listens }),
  };
  const words = wordsIn(language);
  return amocrmPage({
    app,
    widget,
    document,
    origin: world.options.crmOrigin,
    nameless: id => words('card.employee', { id }),
    ...(modal ? { modal } : {}),
  });
}

/** The half that sends requests to the CRM's server, for this page. */
export const crmRecords = ({ world }: Pick<NodeStage, 'world'>, page: HostPage): OpenRecords =>
  openRecordsOf(page, world.crm.integration.uuid);

export function crmKit(stage: Pick<NodeStage, 'world' | 'person'>, options: PageOptions = {}): HostKit {
  const page = crmPage(stage, options);
  return { page, firstWords: {}, loadRecords: () => Promise.resolve(crmRecords(stage, page)) };
}
