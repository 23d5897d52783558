/**
 * amoCRM and Kommo get the same code but differ in their languages: Kommo has no Russian and no Kazakh, and a package
 * may contain only texts and pictures of the languages in its manifest.
 */
import * as v from 'valibot';

export type Marketplace = 'amocrm' | 'kommo';

/** Kommo's languages, from its manifest page. amoCRM accepts every language of the product. */
const LOCALES: Readonly<Record<Marketplace, readonly string[] | 'all'>> = {
  amocrm: 'all',
  kommo: ['en', 'es', 'pt', 'tr', 'id'],
};

export const MARKETPLACES: readonly Marketplace[] = ['amocrm', 'kommo'];

/** Logos that the CRM finds by name. `logo_dp.png` is for a place that the widget does not use. */
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

/** Reads the manifest and keeps its content and order. */
export function readManifest(text: string): Manifest {
  const manifest: unknown = JSON.parse(text);
  v.assert(manifestSchema, manifest);
  return manifest;
}

/** The project's manifest adapted to one marketplace. */
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

/** The paths of all pictures in a package's archive. */
export const picturesOf = ({ tour }: Manifest): readonly string[] => [
  ...Object.keys(LOGOS),
  ...Object.values(tour.tour_images)
    .flat()
    .map(path => path.replace(/^\//, '')),
];
