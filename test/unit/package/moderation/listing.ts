/**
 * What Pipedrive's Developer Hub is told, held against what a program can check of the reviewer's checklist. Each rule brings
 * a way to break a sound listing, so that every run of the tests sees it fail. Limits are from "Registering a public app".
 */
import * as v from 'valibot';
import { ICON, LISTING, MOST_BYTES } from '../../../../widget/package/pictures/listing.ts';
import { readPng } from './png.ts';

const text = v.pipe(v.string(), v.minLength(1));
const path = v.pipe(v.string(), v.regex(/^\/pipedrive\/[a-z]+$/));
const address = v.pipe(v.string(), v.url(), v.startsWith('https://'));
const most = (length: number) => v.pipe(text, v.maxLength(length));
const paragraphs = (length: number) =>
  v.pipe(
    v.array(text),
    v.check(all => all.join('\n').length <= length, `more than ${length} characters`),
  );
/** A file's name in small letters with dashes, as a marketplace asks for it. */
const picture = v.pipe(v.string(), v.regex(/^[a-z]+(?:-[a-z0-9]+)*\.png$/));

/** The form of the file, and every length. */
export const hub = v.strictObject({
  // Nobody may think that Pipedrive has made it.
  name: v.pipe(most(30), v.regex(/^(?!.*pipedrive)/i)),
  shortDescription: v.pipe(most(150), v.includes('Chat roles for Wazzup'), v.includes('Pipedrive')),
  description: paragraphs(1500),
  instructions: paragraphs(1500),
  useCase: most(350),
  onboarding: v.pipe(
    v.array(v.strictObject({ title: most(70), description: most(200) })),
    v.minLength(1),
    v.maxLength(4),
  ),
  whatItNeeds: text,
  icon: picture,
  pictures: v.pipe(v.array(v.strictObject({ file: picture, shows: text })), v.minLength(3), v.maxLength(5)),
  callbackUrl: path,
  installationUrl: path,
  extensions: v.array(
    v.strictObject({
      type: v.picklist(['Custom panel', 'Custom modal', 'App settings page']),
      view: v.string(),
      // In sentence case, as Pipedrive asks.
      name: v.pipe(most(30), v.regex(/^[A-Z][a-z]+( [a-z]+)*$/)),
      description: most(150),
      url: path,
    }),
  ),
  scopes: v.record(v.string(), v.pipe(v.string(), v.minLength(20))),
  website: address,
  support: v.pipe(v.string(), v.email()),
  reviewContact: v.pipe(v.string(), v.email()),
  privacyPolicy: address,
  termsOfService: address,
  pricing: address,
  documentation: address,
});
export type Hub = v.InferOutput<typeof hub>;

export type Listed = {
  readonly hub: Hub;
  /** Name → bytes. */
  readonly pictures: ReadonlyMap<string, Uint8Array>;
};

export type ListingRule = {
  readonly name: string;
  /** What a reviewer would write; empty when there is nothing to say. */
  readonly breaches: (listed: Listed) => readonly string[];
  readonly broken: (listed: Listed) => Listed;
};

const named = (listed: Listed): readonly string[] => [
  ...listed.hub.pictures.map(({ file }) => file),
  listed.hub.icon,
];
const told = (listed: Listed, change: Partial<Hub>): Listed => ({
  ...listed,
  hub: { ...listed.hub, ...change },
});
const withPicture = (listed: Listed, file: string, bytes: Uint8Array | undefined): Listed => {
  const pictures = new Map(listed.pictures);
  if (bytes) pictures.set(file, bytes);
  else pictures.delete(file);
  return { ...listed, pictures };
};
const first = ({ hub: { pictures } }: Listed): string => pictures[0]?.file ?? '';

export const LISTING_RULES: readonly ListingRule[] = [
  {
    name: 'each picture that is named exists, and each that exists is named',
    breaches: listed => {
      const [asked, there] = [named(listed), [...listed.pictures.keys()]];
      return [...asked, ...there].filter(file => !(asked.includes(file) && there.includes(file)));
    },
    broken: listed => withPicture(listed, first(listed), undefined),
  },
  {
    name: 'no picture is named twice',
    breaches: listed => named(listed).filter((file, at, all) => all.indexOf(file) !== at),
    broken: listed => told(listed, { icon: first(listed) }),
  },
  {
    name: 'each picture has one of the sizes that the marketplace takes',
    breaches: ({ hub: { pictures }, pictures: files }) =>
      pictures.flatMap(({ file }) => {
        const { width, height } = readPng(files.get(file) ?? new Uint8Array()) ?? {};
        const { fineness } = LISTING;
        return width === LISTING.width * fineness && height === LISTING.height * fineness ? [] : [file];
      }),
    broken: listed => withPicture(listed, first(listed), listed.pictures.get(listed.hub.icon)),
  },
  {
    name: 'the icon is square and large enough',
    breaches: ({ hub: { icon }, pictures }) => {
      const { width, height } = readPng(pictures.get(icon) ?? new Uint8Array()) ?? {};
      return width === ICON && height === ICON ? [] : [icon];
    },
    broken: listed => withPicture(listed, listed.hub.icon, listed.pictures.get(first(listed))),
  },
  {
    name: `no picture has more than ${MOST_BYTES / 1024} KB`,
    breaches: ({ pictures }) =>
      [...pictures].filter(([, { length }]) => length > MOST_BYTES).map(([file]) => file),
    broken: listed => withPicture(listed, first(listed), new Uint8Array(MOST_BYTES + 1)),
  },
  {
    name: 'one kind of page has one panel at most, and there is one settings page',
    breaches: ({ hub: { extensions } }) => {
      const places = extensions.map(({ type, view }) => `${type}: ${view}`);
      const twice = places.filter((place, at) => places.indexOf(place) !== at);
      const settings = extensions.filter(({ type }) => type === 'App settings page');
      return settings.length === 1 ? twice : [...twice, `${settings.length} settings pages`];
    },
    broken: listed =>
      told(listed, { extensions: [...listed.hub.extensions, ...listed.hub.extensions.slice(0, 1)] }),
  },
  {
    name: 'no scope lets the app do everything',
    breaches: ({ hub: { scopes } }) => Object.keys(scopes).filter(scope => scope === 'admin'),
    broken: listed => told(listed, { scopes: { ...listed.hub.scopes, admin: 'Because it is easier so.' } }),
  },
];
