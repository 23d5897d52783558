/** PT Sans for pages that pictures are taken of: with it, a picture depends on no machine's fonts. */
import { readFile } from 'node:fs/promises';
import { root } from '../../widget/package/run/install.mjs';

const folder = `${root}/node_modules/@fontsource/pt-sans`;
const WEIGHTS = [400, 700];

/** As a style sheet that brings the letters of every language. */
export async function typefaceSheet() {
  const faces = await Promise.all(WEIGHTS.map(weight => readFile(`${folder}/${weight}.css`, 'utf8')));
  const files = new Set(faces.join('').match(/files\/[\w-]+\.woff2/g));
  let css = faces.join('');
  for (const file of files) {
    const font = await readFile(`${folder}/${file}`, 'base64');
    css = css.replace(`./${file}`, `data:font/woff2;base64,${font}`);
  }
  return css;
}

/** In every page and frame that the context opens from now on: the letters of English. */
export async function bringTypeface(context) {
  const faces = await Promise.all(
    WEIGHTS.map(async weight => ({
      weight: String(weight),
      font: await readFile(`${folder}/files/pt-sans-latin-${weight}-normal.woff2`, 'base64'),
    })),
  );
  await context.addInitScript(given => {
    for (const { weight, font } of given) {
      const bytes = Uint8Array.from(atob(font), letter => letter.charCodeAt(0));
      document.fonts.add(new FontFace('PT Sans', bytes, { weight }));
    }
  }, faces);
}
