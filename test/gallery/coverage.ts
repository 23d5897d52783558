/**
 * Maps each kind of each state that a view distinguishes to the picture that shows it. The types require every kind, so
 * a new kind does not compile until it has a picture.
 */
import type { ExchangeState } from '../../widget/seller/card/model/exchange.ts';
import type { CardState } from '../../widget/seller/card/model/card.ts';
import type { ClientChoice } from '../../widget/seller/card/model/deal-card.ts';
import type { UndoState } from '../../widget/seller/card/model/undoing.ts';
import type { ChatState } from '../../widget/seller/card/model/client-chat.ts';
import type { Permission } from '../../widget/seller/card/model/permission.ts';
import type { Reading } from '../../widget/seller/card/model/reading.ts';
import type { ListState, RowState } from '../../widget/seller/list/list-model.ts';
import type { ShellState } from '../../widget/seller/card/card-shell.ts';
import type { ServerStatus } from '../../widget/seller/claim/press.ts';
import type { Staff } from '../../widget/admin/roles/model/model.ts';
import type { Looking } from '../../widget/admin/roles/model/reviewing.ts';
import type { Saving } from '../../widget/admin/roles/model/saving.ts';
import type { AgreementState } from '../../widget/admin/panel/agreement.ts';
import type { PanelState, Step as ConnectStep } from '../../widget/admin/panel/connection.ts';
import type { DialogState, News } from '../../widget/admin/panel/dialogs.ts';
import type { Notifying } from '../../widget/admin/panel/notify.ts';
import type { RefreshState, StepState } from '../../widget/admin/panel/refresh.ts';
import type { Reading as HistoryReading, Returning } from '../../widget/admin/history/model.ts';
import type { OwnState } from '../../widget/admin/panel/own.ts';
import type { Chats, OwnRole, Step, Templates } from '../../widget/admin/trial/model.ts';
import type { StateName } from './page/catalogue.ts';

const every = <T extends { readonly kind: string }>(
  pictures: Readonly<Record<T['kind'], StateName>>,
): readonly [kind: string, picture: StateName][] => Object.entries<StateName>(pictures);

export const COVERAGE: Readonly<Record<string, readonly [kind: string, picture: StateName][]>> = {
  panel: every<PanelState>({
    'install-first': 'panel-install-first',
    'not-connected': 'panel-not-connected',
    'not-heard': 'panel-not-heard',
    loading: 'panel-loading',
    failed: 'panel-failed',
    connected: 'panel-roles',
  }),
  connect: every<ConnectStep>({
    idle: 'panel-not-connected',
    busy: 'panel-connecting',
    away: 'panel-connect-away',
    found: 'panel-connect-found',
    invalid: 'panel-address-invalid',
    failed: 'panel-connect-failed',
  }),
  dialog: every<DialogState>({
    closed: 'panel-roles',
    open: 'roles-few',
    failed: 'panel-dialog-failed',
  }),
  news: every<News>({ none: 'panel-roles', 'roles-saved': 'panel-saved' }),
  refresh: every<RefreshState>({
    idle: 'panel-roles',
    running: 'panel-refreshing',
    reported: 'panel-refreshed',
  }),
  refreshStep: every<StepState>({
    waiting: 'panel-refreshing',
    running: 'panel-refreshing',
    done: 'panel-refreshed',
    failed: 'panel-refresh-failed',
    cancelled: 'panel-refresh-stopped',
  }),
  agreement: every<AgreementState>({
    reading: 'panel-agreement-reading',
    absent: 'panel-roles',
    failed: 'panel-agreement-unread',
    read: 'panel-agrees',
    checking: 'panel-comparing',
  }),
  notify: every<Notifying>({
    idle: 'panel-default-channel',
    saving: 'panel-notify-saving',
    saved: 'panel-notify',
    stale: 'panel-notify-stale',
    failed: 'panel-notify-failed',
    unknown: 'panel-notify-unknown',
  }),
  staff: every<Staff>({ loading: 'roles-loading', failed: 'roles-staff-failed', ready: 'roles-few' }),
  saving: every<Saving>({
    idle: 'roles-few',
    saving: 'roles-saving-many',
    stopped: 'roles-stopped',
    stale: 'roles-stale',
    differs: 'roles-differ',
    failed: 'roles-not-saved',
    unknown: 'roles-unknown',
    'not-refreshed': 'roles-not-refreshed',
  }),
  looking: every<Looking>({
    'at-rows': 'roles-few',
    'at-changes': 'roles-changes',
    'at-keys': 'roles-keys',
    why: 'roles-why',
  }),
  trial: every<Step>({
    writing: 'trial-writing',
    'bad-number': 'trial-bad-number',
    sending: 'trial-sending',
    sent: 'trial-sent',
    refused: 'trial-refused',
    unknown: 'trial-unknown',
  }),
  trialChats: every<Chats>({
    closed: 'trial-unknown',
    opening: 'trial-opening-chats',
    open: 'trial-chats-open',
    at: 'trial-sent',
    failed: 'trial-chats-failed',
  }),
  templates: every<Templates>({
    'not-needed': 'trial-writing',
    loading: 'trial-templates-loading',
    failed: 'trial-templates-failed',
    ready: 'trial-template',
  }),
  history: every<HistoryReading>({
    reading: 'history-reading',
    failed: 'history-failed',
    read: 'history',
  }),
  returning: every<Returning>({
    idle: 'history',
    reading: 'history-returning',
    failed: 'history-not-returned',
  }),
  own: every<OwnState>({
    reading: 'panel-loading',
    unread: 'panel-own-unread',
    kept: 'panel-roles',
    saving: 'panel-own-saving',
    saved: 'panel-own-saved',
    contested: 'panel-own-contested',
    failed: 'panel-own-failed',
    unknown: 'panel-own-unknown',
  }),
  ownRole: every<OwnRole>({
    held: 'trial-writing',
    none: 'trial-without-role',
    saving: 'trial-role-saving',
    elsewhere: 'trial-role-elsewhere',
    failed: 'trial-role-failed',
    stale: 'trial-role-stale',
    differs: 'trial-role-differs',
    unknown: 'trial-role-unknown',
  }),
  first: every<ShellState>({
    unsaved: 'card-unsaved',
    shown: 'card-free',
    opening: 'card-opening',
    'not-loaded': 'card-not-loaded',
    open: 'card-looked-free',
  }),
  card: every<CardState>({
    known: 'card-looked-free',
    unreadable: 'card-unreadable',
    offline: 'card-offline',
    asking: 'card-claiming',
    writing: 'card-claiming',
    checking: 'card-checking',
    mine: 'card-claimed',
    given: 'card-given',
    held: 'card-held',
    changed: 'card-changed',
    withdrawn: 'card-withdrawn',
    forbidden: 'card-forbidden',
    missing: 'card-missing',
    failed: 'card-failed',
    unknown: 'card-unknown',
  }),
  client: every<ClientChoice>({
    unread: 'card-deal-first',
    reading: 'card-deal-reading',
    none: 'card-deal-without-contact',
    failed: 'card-deal-failed',
    chosen: 'card-deal',
  }),
  reading: every<Reading<unknown>>({
    unread: 'card-free',
    reading: 'card-reading',
    read: 'card-looked-free',
    failed: 'card-read-failed',
  }),
  exchange: every<ExchangeState>({
    idle: 'card-looked-mine',
    writing: 'card-ask',
    sending: 'card-asking',
    answered: 'card-asked',
    given: 'card-given',
  }),
  undo: every<UndoState>({
    none: 'card-looked-mine',
    offered: 'card-claimed',
    over: 'card-undo-over',
    undoing: 'card-undoing',
    'not-mine': 'card-undo-too-late',
    forbidden: 'card-undo-forbidden',
    missing: 'card-undo-missing',
    failed: 'card-undo-failed',
    unknown: 'card-undo-unknown',
  }),
  chatWindow: every<ChatState>({
    closed: 'card-looked-mine',
    opening: 'card-chat-opening',
    choosing: 'card-chat-choosing',
    at: 'card-chat-at',
    'not-own': 'card-chat-failed',
    failed: 'card-chat-failed',
  }),
  permission: every<Permission>({
    allowed: 'card-looked-free',
    'needs-reason': 'card-reason',
    'ask-owner': 'card-looked-colleagues',
    'no-role': 'card-no-role',
    mine: 'card-looked-mine',
  }),
  list: every<ListState>({
    reading: 'list-reading',
    failed: 'list-read-failed',
    ready: 'list-one',
    offline: 'list-offline',
    pressed: 'list-taken-all',
  }),
  listRow: every<RowState>({
    allowed: 'list-one',
    'needs-reason': 'list-reason',
    'ask-owner': 'list-whose',
    'no-role': 'list-no-role',
    mine: 'list-taken-all',
    asking: 'list-claiming',
    writing: 'list-claiming',
    checking: 'list-checking',
    given: 'list-taken-all',
    held: 'list-held',
    changed: 'list-each',
    withdrawn: 'list-withdrawn',
    forbidden: 'list-forbidden',
    missing: 'list-each',
    failed: 'list-failed',
    unknown: 'list-unknown',
  }),
  status: every<ServerStatus>({
    none: 'card-looked-free',
    'no-server': 'card-not-connected',
    sending: 'card-telling',
    later: 'card-later',
    known: 'card-claimed',
  }),
};
