/**
 * The tour shown by a marketplace: two pictures per language, drawn with the widget's own texts so that they match the
 * screen. People are drawn as shapes, so that the pictures contain no names.
 */

/** A text of the widget by its dotted key. */
export type Word = (key: string) => string;

export type Slide = { readonly name: string; readonly html: string };

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const ROLES = ['none', 'seller', 'supervisor', 'auditor'] as const;

/** The rows of the picture: a role, and the width of the bar that represents the name. */
const ROWS: readonly (readonly [role: (typeof ROLES)[number], width: number, tint: string])[] = [
  ['seller', 118, '#7aa7e6'],
  ['seller', 96, '#f0a35e'],
  ['supervisor', 132, '#5fb58a'],
  ['auditor', 104, '#b48ad6'],
];

export function tourSlides(word: Word, css: string): readonly Slide[] {
  const t = (key: string): string => escaped(word(key));
  return [
    { name: '1', html: page(css, t('panel.lead'), rolesDialog(t)) },
    { name: '2', html: page(css, t('claim.freeHint'), card(t)) },
  ];
}

const page = (css: string, heading: string, picture: string): string =>
  `<!doctype html><meta charset="utf-8"><style>${css}</style><main><h1>${heading}</h1>${picture}</main>`;

const person = (width: number, tint: string): string =>
  `<span class="face" style="background:${tint}"></span><span class="bar" style="width:${width}px"></span>`;

function rolesDialog(t: Word): string {
  const rows = ROWS.map(([role, width, tint]) => {
    const choices = ROLES.map(
      one => `<span class="choice ${one === role ? 'chosen' : ''}">${t(`role.${one}`)}</span>`,
    ).join('');
    return `<div class="row">${person(width, tint)}<span class="choices">${choices}</span></div>`;
  });
  return `<section class="dialog"><h2>${t('roles.title')}</h2>${rows.join('')}
    <div class="foot"><span class="switch"></span>${t('roles.receivesNewClients')}<b>${t('roles.save')}</b></div></section>`;
}

function card(t: Word): string {
  const list = (title: string, gone: boolean): string =>
    `<section class="list"><h3>${title}</h3>${[120, 92, 136]
      .map(
        (width, at) =>
          `<div class="chat ${at === 1 ? (gone ? 'gone' : 'mine') : ''}">${person(width, at === 1 ? '#1f6fd6' : '#c8d0d9')}</div>`,
      )
      .join('')}</section>`;
  return `<div class="scene"><section class="card">${person(140, '#1f6fd6')}<p>${t('card.free')}</p>
    <b class="claim">${t('card.button')}</b></section>
    ${list(t('claim.sees.me'), false)}${list(t('role.seller'), true)}</div>`;
}
