/**
 * amoCRM and Kommo take the same code. They differ in the languages they offer: Kommo has no Russian and no Kazakh, and
 * a package may bring only words and pictures of languages that its manifest names.
 */
import * as v from 'valibot';

export type Marketplace = 'amocrm' | 'kommo';

/** Kommo's languages, from its manifest page. amoCRM takes every language that we speak. */
const LOCALES: Readonly<Record<Marketplace, readonly string[] | 'all'>> = {
  amocrm: 'all',
  kommo: ['en', 'es', 'pt', 'tr', 'id'],
};

export const MARKETPLACES: readonly Marketplace[] = ['amocrm', 'kommo'];

/** Logos that the CRM looks for by their names. `logo_dp.png` belongs to a place where we do not show anything. */
export const LOGOS: Readonly<Record<string, readonly [width: number, height: number]>> = {
  'images/logo.png': [130, 100],
  'images/logo_main.png': [400, 272],
  'images/logo_medium.png': [240, 84],
  'images/logo_min.png': [84, 84],
  'images/logo_small.png': [108, 108],
};

const manifestSchema = v.looseObject({
  widget: v.looseObject({ locale: v.array(v.string()) }),
  tour: v.looseObject({ tour_images: v.record(v.string(), v.array(v.string())) }),
});
export type Manifest = v.InferOutput<typeof manifestSchema>;

/** As it was written, in the order in which it was written. */
export function readManifest(text: string): Manifest {
  const manifest: unknown = JSON.parse(text);
  v.assert(manifestSchema, manifest);
  return manifest;
}

/** The project's manifest as one marketplace wants it. */
export function manifestFor(marketplace: Marketplace, all: Manifest): Manifest {
  const offered = LOCALES[marketplace];
  const takes = (locale: string): boolean => offered === 'all' || offered.includes(locale);
  return {
    ...all,
    widget: { ...all.widget, locale: all.widget.locale.filter(takes) },
    tour: {
      ...all.tour,
      tour_images: Object.fromEntries(
        Object.entries(all.tour.tour_images).filter(([locale]) => takes(locale)),
      ),
    },
  };
}

/** Paths inside the archive of every picture that a package needs, and no other. */
export const picturesOf = ({ tour }: Manifest): readonly string[] => [
  ...Object.keys(LOGOS),
  ...Object.values(tour.tour_images)
    .flat()
    .map(path => path.replace(/^\//, '')),
];
