/** Every request that the widget's adapters can send, and the method that sends it. The matrix checks that the list is complete. */
import { CHAT_CALLS, RECORDS_CALLS } from './calls.ts';
import type { Sent } from './office.ts';

export type Row = {
  readonly what: string;
  readonly seam: 'records' | 'chat';
  readonly method: string;
  /** A write whose answer is not read, so that a garbled answer does no harm. */
  readonly blind?: true;
  /** The outcome when "no such record" is a valid answer. */
  readonly missing?: 'ok';
};

const reads = (seam: Row['seam'], rows: Readonly<Record<string, string>>): readonly Row[] =>
  Object.entries(rows).map(([what, method]) => ({ what, seam, method }));

export const ROWS: readonly Row[] = [
  ...reads('records', {
    'GET /api/v4/account': 'employees',
    'GET /api/v4/users': 'employees',
    'GET /api/v4/leads/pipelines': 'pipelines',
    'GET /api/v4/contacts/:id': 'contact',
    'GET /api/v4/contacts': 'contacts',
    'GET /api/v4/events': 'ownerChangesOf',
    'GET /api/v4/leads': 'deals',
    'GET /api/v4/leads/:id': 'deal',
    'GET /api/v4/contacts/:id/notes': 'notes',
    'GET /api/v4/tasks': 'tasks',
    'GET /ajax/v2/integrations/:integration/disposable_token': 'proof',
    'PATCH /api/v4/contacts': 'setOwners',
  }),
  { what: 'PATCH /api/v4/contacts/:id', seam: 'records', method: 'setOwner', blind: true },
  { what: 'PATCH /api/v4/leads', seam: 'records', method: 'setDealOwners', blind: true },
  { what: 'POST /api/v4/tasks', seam: 'records', method: 'addTask', blind: true },
  { what: 'PATCH /api/v4/tasks/:id', seam: 'records', method: 'completeTask', blind: true },
  ...reads('chat', {
    'GET /v3/channels': 'channels',
    'GET /settings': 'roles',
    'GET /v3/templates/whatsapp': 'templates',
    'POST /v3/iframe': 'windowAddress',
    'PATCH /settings': 'saveRoles',
    'POST /clients/changed': 'changed',
    'GET /clients/:id/others': 'others',
  }),
  { what: 'GET /v3/contacts/:id', seam: 'chat', method: 'contact', missing: 'ok' },
  { what: 'POST /v3/users', seam: 'chat', method: 'introduce', blind: true },
  { what: 'POST /v3/message', seam: 'chat', method: 'send', blind: true },
];

/** Every method of both seams. */
export const METHODS = [
  ...Object.keys(RECORDS_CALLS).map(method => ['records', method] as const),
  ...Object.keys(CHAT_CALLS).map(method => ['chat', method] as const),
];

export const toOf = ({ seam }: Row): Sent['to'] => (seam === 'records' ? 'crm' : 'gateway');
