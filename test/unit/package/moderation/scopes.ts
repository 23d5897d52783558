/** Which of Pipedrive's scopes the requests need that we send: the pages' by their list, the server's by its own sources. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PASSES } from '../../../../server/crm/pipedrive/passes.ts';
import type { Route } from '../../../mocks/pipedrive/route.ts';

export type Sent = { readonly method: string; readonly path: string };

/** What pages may ask for. */
export const sentForPages: readonly Sent[] = PASSES.map(({ method, path }) => ({
  method,
  path: path.replace('{id}', ':id'),
}));

const SOURCES = 'server/crm/pipedrive';
/** A path with the method that stands in the same line, or none: then it is read. */
const REQUEST = /['`](?<path>v[12]\/(?:\$\{[^}]*\}|[^'`?])+)[^'`]*['`](?:.*method: '(?<method>[A-Z]+)')?/g;

/** What the server asks for by itself. Feeds are added to by `add`, which posts. */
export const sentByServer: readonly Sent[] = readdirSync(SOURCES)
  .filter(name => name.endsWith('.ts') && name !== 'passes.ts')
  .flatMap(name => Array.from(readFileSync(join(SOURCES, name), 'utf8').matchAll(REQUEST)))
  .map(({ groups }) => ({
    method: groups?.['method'] ?? 'GET',
    path: (groups?.['path'] ?? '').replaceAll(/\$\{[^}]*\}/g, ':id'),
  }));

export const routeFor = (routes: readonly Route[], { method, path }: Sent): Route | undefined =>
  routes.find(({ on }) => on === `${method} /api/${path}`);

/** What is allowed in full may be read, too. */
export const allows = (given: readonly string[], { scopes }: Route): boolean =>
  scopes.some(scope => given.includes(scope) || given.includes(scope.replace(/:read$/, ':full')));
