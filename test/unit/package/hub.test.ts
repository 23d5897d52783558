/** The fields of Pipedrive's Developer Hub: what a program can check of what a reviewer checks. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { MODALS } from '../../../widget/host/pipedrive/modal.ts';
import { SURFACES } from '../../../widget/package/pages.ts';
import { PIPEDRIVE_SCOPES } from '../../world/pipedrive/app.ts';

const path = v.pipe(v.string(), v.regex(/^\/pipedrive\/[a-z]+$/));
const hub = v.strictObject({
  name: v.pipe(v.string(), v.maxLength(30)),
  shortDescription: v.pipe(v.string(), v.maxLength(150)),
  description: v.array(v.string()),
  whatItNeeds: v.string(),
  callbackUrl: path,
  installationUrl: path,
  extensions: v.array(
    v.strictObject({
      type: v.picklist(['Custom panel', 'App settings page', 'Custom modal']),
      view: v.string(),
      // In sentence case, as Pipedrive asks.
      name: v.pipe(v.string(), v.maxLength(30), v.regex(/^[A-Z][a-z]+( [a-z]+)*$/)),
      description: v.pipe(v.string(), v.maxLength(150)),
      url: path,
    }),
  ),
  scopes: v.record(v.string(), v.pipe(v.string(), v.minLength(20))),
  support: v.string(),
  privacyPolicy: v.string(),
  termsOfService: v.string(),
});
const text = readFileSync('widget/package/pipedrive/hub.json', 'utf8');

describe('what the Developer Hub is told', () => {
  const told = v.parse(hub, JSON.parse(text));

  it('has one panel for each kind of page, at most, and one settings page', () => {
    const places = told.extensions.map(({ type, view }) => `${type}: ${view}`);
    expect(new Set(places).size).toBe(places.length);
    expect(places.filter(place => place.startsWith('App settings'))).toHaveLength(1);
  });

  it('registers each modal by the name that our pages open it by, and shows none of them in the CRM’s menus', () => {
    const modals = told.extensions.filter(({ type }) => type === 'Custom modal');
    expect(modals.map(({ name }) => name)).toEqual(Object.values(MODALS));
    expect(modals.map(({ view }) => view)).toEqual(modals.map(() => 'No entry point'));
  });

  it('names a page of ours for each place', () => {
    const pages = told.extensions.map(({ url }) => url.replace('/pipedrive/', ''));
    expect(new Set(pages)).toEqual(new Set(SURFACES));
  });

  it('asks for the scopes that the stage is tried with, and gives a reason for each', () => {
    expect(Object.keys(told.scopes).toSorted()).toEqual(PIPEDRIVE_SCOPES.toSorted());
  });

  it('asks for nothing that lets an app do everything', () => {
    expect(Object.keys(told.scopes)).not.toContain('admin');
  });
});
