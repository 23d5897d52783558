/** All employees, for admins, and the account's pipelines. Only API v1 lists the users. It returns them in one answer. */
import { optional, unknown, type InferOutput } from 'valibot';
import type { Employee } from '../../../domain/employee.ts';
import type { Client } from '../../http/client.ts';
import { flag, words } from '../../http/fields.ts';
import { listed } from '../../http/listed.ts';
import { object } from '../../http/object.ts';
import type { HostPage, HostRecords, Pipeline } from '../host.ts';
import { recordId } from './ids.ts';
import { readList } from './wire.ts';

const PAGE = 500;

const user = object({
  id: recordId,
  name: words,
  email: words,
  active_flag: flag,
  is_deleted: flag,
  access: listed(object({ app: words, admin: flag })),
});
const pipeline = object({ id: recordId, name: words, is_deleted: flag });
const stage = object({
  id: recordId,
  name: words,
  pipeline_id: recordId,
  is_deleted: flag,
  order_nr: optional(unknown()),
});

export const peopleThrough = (
  ask: Client,
  /** Knows the groups. A user's own record names none. */
  page: Pick<HostPage, 'employee'>,
): Pick<HostRecords, 'employees' | 'pipelines'> => ({
  async employees({ signal, onProgress } = {}) {
    const { items, notUnderstood } = await readList(ask, user, { path: '/v1/users', signal });
    const employees = items.map(one => employeeFrom(one, page.employee(one.id)));
    onProgress?.({ loaded: employees.length, of: employees.length, more: employees });
    return { items: employees, notUnderstood };
  },
  async pipelines(signal) {
    const query = { limit: PAGE };
    const [pipelines, stages] = await Promise.all([
      readList(ask, pipeline, { path: '/v2/pipelines', query, signal }),
      readList(ask, stage, { path: '/v2/stages', query, signal }),
    ]);
    const inOrder = stages.items
      .filter(({ is_deleted }) => !is_deleted)
      .sort((one, other) => Number(one.order_nr) - Number(other.order_nr));
    return {
      items: pipelines.items
        .filter(({ is_deleted }) => !is_deleted)
        .map(({ id, name }): Pipeline => ({
          id,
          name,
          stages: inOrder.filter(one => one.pipeline_id === id).map(({ id, name }) => ({ id, name })),
        })),
      notUnderstood: pipelines.notUnderstood + stages.notUnderstood,
    };
  },
});

/** An employee is active unless the CRM says otherwise, so that a missing field does not make their clients free. */
function employeeFrom(record: InferOutput<typeof user>, known: Employee | undefined): Employee {
  const admin = record.access.items.some(({ app, admin }) => app === 'global' && admin === true);
  return {
    id: record.id,
    name: record.name,
    email: record.email,
    group: known?.group ?? '',
    groupId: known?.groupId ?? '',
    active: record.active_flag !== false && record.is_deleted !== true,
    admin,
    free: false,
    editsContacts: admin ? 'all' : 'unknown',
  };
}
