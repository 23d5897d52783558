/**
 * Finds what a request contains beyond a strict schema. The service itself seems to ignore it; the stage refuses it.
 */
import * as v from 'valibot';
import type { World } from '../../world/world.ts';
import { lacking } from '../lacking.ts';

/** A refusal that names these fields; undefined if there are none. */
export function beyond(
  world: World,
  route: string,
  schema: v.GenericSchema,
  body: unknown,
): Response | undefined {
  const { issues = [] } = v.safeParse(schema, body);
  const names = issues
    .filter(({ expected }) => expected === 'never')
    .map(issue => (v.getDotPath(issue) ?? '').replace(/(^|\.)\d+(?=\.|$)/g, '$1[]'));
  const unique = [...new Set(names)];
  return unique.length > 0
    ? lacking(
        world,
        unique.map(name => `${route} {${name}}`),
      )
    : undefined;
}
