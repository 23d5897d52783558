/** The fields of Pipedrive's Developer Hub: what a program can check of what a reviewer checks. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { MODALS } from '../../../widget/host/pipedrive/modal.ts';
import { SURFACES } from '../../../widget/package/pages.ts';
import { PASSES } from '../../../server/crm/pipedrive/passes.ts';
import { pipedriveRoutes } from '../../mocks/pipedrive/routes.ts';
import { PIPEDRIVE_SCOPES } from '../../world/pipedrive/app.ts';
import { createWorld } from '../../world/world.ts';
import { hub, LISTING_RULES, type Listed } from './moderation/listing.ts';
import { allows, routeFor, sentByServer, sentForPages } from './moderation/scopes.ts';

const FOLDER = 'widget/package/pipedrive';
const pictures = readdirSync(join(FOLDER, 'pictures'));
const listed: Listed = {
  hub: v.parse(hub, JSON.parse(readFileSync(join(FOLDER, 'hub.json'), 'utf8'))),
  pictures: new Map(pictures.map(name => [name, readFileSync(join(FOLDER, 'pictures', name))])),
};

const { hub: told } = listed;

describe('what the Developer Hub is told', () => {
  it.each(LISTING_RULES)('$name', ({ breaches }) => {
    expect(breaches(listed)).toEqual([]);
  });

  it('registers each modal by the name that our pages open it by, and shows none of them in the CRM’s menus', () => {
    const modals = told.extensions.filter(({ type }) => type === 'Custom modal');
    expect(modals.map(({ name }) => name)).toEqual(Object.values(MODALS));
    expect(modals.map(({ view }) => view)).toEqual(modals.map(() => 'No entry point'));
  });

  it.each(LISTING_RULES)('is refused when it is broken: $name', ({ breaches, broken }) => {
    expect(breaches(broken(listed))).not.toEqual([]);
  });

  it('names a page of ours for each place', () => {
    const pages = told.extensions.map(({ url }) => url.replace('/pipedrive/', ''));
    expect(new Set(pages)).toEqual(new Set(SURFACES));
  });

  it('leads to a privacy policy whose text is part of the project', () => {
    expect(existsSync('widget/package/privacy/en.md')).toBe(true);
  });
});

describe('the scopes', () => {
  const given = Object.keys(told.scopes);
  const routes = pipedriveRoutes(createWorld());
  const sent = [...sentForPages, ...sentByServer];
  const refusedWith = (scopes: readonly string[]): readonly string[] =>
    sent.flatMap(one => {
      const route = routeFor(routes, one);
      return route && allows(scopes, route) ? [] : [`${one.method} ${one.path}`];
    });

  it('are those that the stage is tried with', () => {
    expect(given.toSorted()).toEqual(PIPEDRIVE_SCOPES.toSorted());
  });

  it('let us send every request that we send', () => {
    expect(sentByServer.length).toBeGreaterThan(20);
    expect(refusedWith(given)).toEqual([]);
  });

  // Every app has it.
  it.each(given.filter(scope => scope !== 'base'))('%s is needed', scope => {
    expect(refusedWith(given.filter(one => one !== scope))).not.toEqual([]);
  });

  it.each(given.filter(scope => scope.endsWith(':full')))('%s is needed to write', scope => {
    const less = given.map(one => (one === scope ? scope.replace(':full', ':read') : one));
    expect(refusedWith(less)).not.toEqual([]);
  });

  it('cost the pages’ budget what Pipedrive counts', () => {
    const counted = PASSES.map(({ method, path }) => {
      const route = routeFor(routes, { method, path: path.replace('{id}', ':id') });
      return [`${method} ${path}`, route?.cost];
    });
    expect(PASSES.map(({ method, path, cost }) => [`${method} ${path}`, cost])).toEqual(counted);
  });
});
