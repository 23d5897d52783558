/**
 * A picture of an app's listing: screens as they are, under a sentence that says what they show, with what matters ringed
 * and numbered. A reviewer asks for such marks.
 */

/** In the screen's own pixels. */
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export type Screen = {
  /** Whose window it is, above it. */
  readonly title: string;
  /** The address of the picture of it. */
  readonly image: string;
  /** How large the screen is, in its own pixels. */
  readonly size: Pick<Box, 'width' | 'height'>;
  /** Its upper left corner on the picture. */
  readonly at: readonly [left: number, top: number];
  /** How many times larger than itself it is shown. */
  readonly scale: number;
  readonly marks: readonly { readonly number: number; readonly box: Box }[];
};

export type Listing = {
  readonly heading: string;
  readonly lead: string;
  readonly screens: readonly Screen[];
  /** What each number means, from 1. */
  readonly notes: readonly string[];
};

/** The sizes that Pipedrive takes for a listing (Developer Hub, "Registering a public app", 2025); this is 1280 × 800 twice as fine. */
export const LISTING = { width: 1280, height: 800, fineness: 2 } as const;
/** The least that Pipedrive takes for an icon is 256; it shows it at 20 pixels, too. */
export const ICON = 512;
/** Pipedrive takes ten megabytes. Each picture of ours stands in the repository. */
export const MOST_BYTES = 450 * 1024;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

export function listingPage({ heading, lead, screens, notes }: Listing, css: string): string {
  const told = notes.map((note, at) => `<li>${number(at + 1)}<span>${escaped(note)}</span></li>`);
  return `<!doctype html><meta charset="utf-8"><style>${css}</style>
<h1>${escaped(heading)}</h1><p class="lead">${escaped(lead)}</p>
${screens.map(screenPart).join('\n')}
<ol>${told.join('')}</ol>`;
}

const number = (value: number): string => `<b class="number">${value}</b>`;

/** A ring stands a little off what it is round. */
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
