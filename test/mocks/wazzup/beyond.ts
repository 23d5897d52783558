/** What a request asks for beyond what a strict schema knows: the service itself seems to pass over it, the stage does not. */
import * as v from 'valibot';
import type { World } from '../../world/world.ts';
import { lacking } from '../lacking.ts';

/** The refusal that names them; undefined when the body has no other fields. */
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
