/**
 * A picture of an app's listing: real screens under a sentence that says what they show. The important parts are ringed and
 * numbered, because reviewers ask for such marks.
 */

/** In the screen's own pixels. */
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export type Screen = {
  /** Shown above the screen. Says whose window it is. */
  readonly title: string;
  /** The address of the screenshot. */
  readonly image: string;
  /** In the screen's own pixels. */
  readonly size: Pick<Box, 'width' | 'height'>;
  /** The upper left corner on the picture. */
  readonly at: readonly [left: number, top: number];
  /** The factor by which the screen is enlarged. */
  readonly scale: number;
  readonly marks: readonly { readonly number: number; readonly box: Box }[];
};

export type Listing = {
  readonly heading: string;
  readonly lead: string;
  readonly screens: readonly Screen[];
  /** The meaning of each number, starting at 1. */
  readonly notes: readonly string[];
};

/** 1280 × 800 at twice the density: a size that Pipedrive accepts ("Registering a public app", 2025). */
export const LISTING = { width: 1280, height: 800, fineness: 2 } as const;
/** Pipedrive accepts icons from 256 pixels, and also shows them at 20. */
export const ICON = 512;
/** Pipedrive accepts ten megabytes. Less here, because the pictures are kept in the repository. */
export const MOST_BYTES = 450 * 1024;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

export function listingPage({ heading, lead, screens, notes }: Listing, css: string): string {
  const items = notes.map((note, at) => `<li>${number(at + 1)}<span>${escaped(note)}</span></li>`);
  return `<!doctype html><meta charset="utf-8"><style>${css}</style>
<h1>${escaped(heading)}</h1><p class="lead">${escaped(lead)}</p>
${screens.map(screenPart).join('\n')}
<ol>${items.join('')}</ol>`;
}

const number = (value: number): string => `<b class="number">${value}</b>`;

/** The distance in pixels between a ring and the part that it marks. */
const OFF = 5;

function screenPart({ title, image, size, at, scale, marks }: Screen): string {
  const rings = marks.map(
    ({ number: value, box: { x, y, width, height } }) =>
      `<i style="left:${x * scale - OFF}px;top:${y * scale - OFF}px;width:${width * scale + 2 * OFF}px;height:${height * scale + 2 * OFF}px">${number(value)}</i>`,
  );
  return `<figure style="left:${at[0]}px;top:${at[1]}px;width:${size.width * scale}px">
<figcaption>${escaped(title)}</figcaption>
<div style="height:${size.height * scale}px"><img src="${image}" alt="">${rings.join('')}</div></figure>`;
}
