/** A person as v2 writes and reads it. */
import * as v from 'valibot';
import type { Person, PersonChange } from '../../world/pipedrive/persons.ts';
import { fields } from '../fields.ts';
import { timeOf } from './envelope.ts';

export const wirePerson = (person: Person): Record<string, unknown> => {
  const [first = '', ...rest] = person.name.split(' ');
  return {
    id: person.id,
    name: person.name,
    first_name: first,
    last_name: rest.join(' ') || null,
    owner_id: person.ownerId,
    org_id: person.orgId,
    add_time: timeOf(person.addTime),
    update_time: timeOf(person.updateTime),
    emails: person.emails,
    phones: person.phones,
    is_deleted: person.isDeleted,
    visible_to: person.visibleTo,
    label_ids: person.labelIds,
    picture_id: null,
    custom_fields: {},
  };
};

/** The answer to a change has more fields, which clients should not send back. */
export const changedPerson = (person: Person): Record<string, unknown> => ({
  ...wirePerson(person),
  notes: null,
  im: [],
  birthday: null,
  job_title: null,
  postal_address: null,
});

const integer = v.pipe(v.number(), v.integer());
const labelled = fields({ value: v.string(), primary: v.boolean(), label: v.string() });

/** Numbers must be numbers: v2 does not accept them as texts. */
export const personChange = v.pipe(
  fields({
    name: v.exactOptional(v.pipe(v.string(), v.minLength(1))),
    owner_id: v.exactOptional(integer),
    org_id: v.exactOptional(v.nullable(integer)),
    emails: v.exactOptional(v.array(labelled)),
    phones: v.exactOptional(v.array(labelled)),
    visible_to: v.exactOptional(integer),
    label_ids: v.exactOptional(v.array(integer)),
  }),
  v.transform(({ owner_id, org_id, visible_to, label_ids, ...same }): PersonChange => ({
    ...same,
    ...(owner_id !== undefined && { ownerId: owner_id }),
    ...(org_id !== undefined && { orgId: org_id }),
    ...(visible_to !== undefined && { visibleTo: visible_to }),
    ...(label_ids !== undefined && { labelIds: label_ids }),
  })),
);
