/** Rules about logos and the tour. */
import { LOGOS, picturesOf, readManifest } from '../../../../widget/package/marketplace.ts';
import { readPng, type Picture } from './png.ts';
import { textOf, withFile, type Archive, type Rule } from './rule.ts';

/** Kommo gives the size of a slide; amoCRM takes the same. */
const SLIDE = [1188, 616] as const;
const MARGIN = 10;

const named = (archive: Archive): readonly string[] =>
  picturesOf(readManifest(textOf(archive, 'manifest.json')));
const slides = (archive: Archive): readonly string[] => named(archive).filter(path => !(path in LOGOS));
const bytes = ({ files }: Archive, path: string): Uint8Array => files.get(path) ?? new Uint8Array();
const isOf = (archive: Archive, path: string, [width, height]: readonly [number, number]): boolean => {
  const picture = readPng(bytes(archive, path));
  return picture?.width === width && picture.height === height;
};

/** No pixel within the margin shows. */
function hasFreeMargin({ width, height, opacity }: Picture): boolean {
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const isInside = x >= MARGIN && y >= MARGIN && x < width - MARGIN && y < height - MARGIN;
      if (!isInside && opacity(x, y) > 0) return false;
    }
  }
  return true;
}

const swapped =
  (path: string, by: string) =>
  (archive: Archive): Archive =>
    withFile(archive, path, bytes(archive, by));

export const PICTURE_RULES: readonly Rule[] = [
  {
    name: 'every picture is a PNG',
    breaches: archive => named(archive).filter(path => !readPng(bytes(archive, path))),
    broken: archive => withFile(archive, 'images/logo.png', 'GIF89a'),
  },
  ...Object.entries(LOGOS).map(([path, size]): Rule => ({
    name: `${path} has ${size.join(' × ')} pixels`,
    breaches: archive => (isOf(archive, path, size) ? [] : [path]),
    broken: swapped(path, 'images/tour_en_1.png'),
  })),
  {
    name: 'the main logo keeps 10 pixels free on all sides',
    breaches: archive => {
      const logo = readPng(bytes(archive, 'images/logo_main.png'));
      return logo && hasFreeMargin(logo) ? [] : ['images/logo_main.png'];
    },
    broken: swapped('images/logo_main.png', 'images/logo_min.png'),
  },
  {
    name: `slides of the tour have ${SLIDE.join(' × ')} pixels`,
    breaches: archive => slides(archive).filter(path => !isOf(archive, path, SLIDE)),
    broken: swapped('images/tour_en_1.png', 'images/logo.png'),
  },
  {
    name: 'no picture has more than 300 KB, no slide more than 120',
    breaches: archive =>
      named(archive).filter(path => bytes(archive, path).length > (path in LOGOS ? 300 : 120) * 1024),
    broken: archive => withFile(archive, 'images/tour_en_1.png', new Uint8Array(121 * 1024)),
  },
];
