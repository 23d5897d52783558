/** The fields of contacts and deals that API v4 can change in the same way, and the refusals that both share. */
import * as v from 'valibot';
import type { Tag, Tagged } from '../../world/tags.ts';
import type { World } from '../../world/world.ts';
import type { Invalid } from './problem.ts';
import { fields } from '../fields.ts';

export const requestId = v.optional(v.pipe(v.union([v.string(), v.number()]), v.transform(String)));

/** A tag by name, created if new, or by the id of an existing one. */
const tag = v.pipe(
  fields({ id: v.optional(v.number()), name: v.optional(v.pipe(v.string(), v.nonEmpty())) }),
  v.check(({ id, name }) => (id === undefined) !== (name === undefined)),
);
const tags = v.optional(v.array(tag));

export const changeEntries = {
  request_id: requestId,
  name: v.optional(v.string()),
  responsible_user_id: v.optional(v.number()),
  created_by: v.optional(v.number()),
  updated_by: v.optional(v.number()),
  tags_to_add: tags,
  tags_to_delete: tags,
  _embedded: v.optional(fields({ tags: v.nullable(v.array(tag)) })),
};
const common = fields(changeEntries);
type Given = v.InferOutput<typeof common>;

type Common = {
  name?: string;
  responsibleUserId?: number;
  createdBy?: number;
  updatedBy?: number;
  tags?: readonly Tag[];
};

/** `before` contains the record's present tags. */
export function commonChange(world: World, kind: Tagged, given: Given, before: readonly Tag[]): Common {
  const { name, responsible_user_id: responsible, created_by: author, updated_by: editor } = given;
  const tags = tagsAfter(world, kind, given, before);
  return {
    ...(name !== undefined && { name }),
    ...(responsible !== undefined && { responsibleUserId: responsible }),
    ...(author !== undefined && { createdBy: author }),
    ...(editor !== undefined && { updatedBy: editor }),
    ...(tags !== undefined && { tags }),
  };
}

function tagsAfter(
  { crm }: World,
  kind: Tagged,
  { _embedded, tags_to_add: added, tags_to_delete: deleted }: Given,
  before: readonly Tag[],
): readonly Tag[] | undefined {
  if (!_embedded && !added && !deleted) return undefined;
  const meant = (given: readonly v.InferOutput<typeof tag>[] = []): Tag[] =>
    given.flatMap(one =>
      one.name === undefined ? (crm.tags.known(kind, one.id ?? 0) ?? []) : crm.tags.named(kind, one.name),
    );
  const gone = new Set(meant(deleted).map(({ id }) => id));
  const all = [...(_embedded ? meant(_embedded.tags ?? []) : before), ...meant(added)];
  return [...new Map(all.map(one => [one.id, one])).values()].filter(({ id }) => !gone.has(id));
}

/**
 * A client that echoes a whole record back gets these errors: people who have left are not valid authors. The robot, 0,
 * is valid.
 */
export function commonErrors({ crm }: World, kind: Tagged, given: Given): Invalid[] {
  const isActive = (id: number): boolean => crm.users.get(id)?.isActive === true;
  const { responsible_user_id: responsible, tags_to_add: added = [], tags_to_delete: deleted = [] } = given;
  const tagLists = [
    ['_embedded.tags', given._embedded?.tags ?? []],
    ['tags_to_add', added],
    ['tags_to_delete', deleted],
  ] as const;
  return [
    ...(responsible === undefined || isActive(responsible) ? [] : [{ path: 'responsible_user_id' }]),
    ...(['created_by', 'updated_by'] as const).flatMap(path => {
      const { [path]: id = 0 } = given;
      return id === 0 || isActive(id) ? [] : [{ path }];
    }),
    ...tagLists.flatMap(([path, list]) =>
      list.some(({ id }) => id !== undefined && !crm.tags.known(kind, id)) ? [{ path }] : [],
    ),
  ];
}
