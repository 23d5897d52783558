/**
 * script.js itself: it asks the browser whether it is one of those that package.json names, and loads either the widget
 * or, in the place of all of it, one sentence (old-browser.ts). What each question asks for came with the oldest version
 * of one of the browsers; the others have had it for longer.
 */
import { createHash } from 'node:crypto';
import { build } from 'vite';
import { asAmd } from './amd.ts';
import { chunksOf } from './output.ts';

/** Browsers that understand this much hear why there is no more; in older ones the CRM itself does not run. */
const OLD_SYNTAX = 'es2018';

export const QUESTIONS = [
  // Chrome 109.
  'typeof MathMLElement === "undefined"',
  // Safari 16.4: every view of ours stands on it.
  '!("replaceSync" in CSSStyleSheet.prototype)',
  // Firefox 115: the others got it later.
  '("mozInnerScreenX" in window && !URL.canParse)',
] as const;

/** The sentence, as a file of its own that is named by what is in it. */
export async function oldBrowserPart(root: string): Promise<readonly [name: string, code: string]> {
  const built = await build({
    configFile: false,
    root,
    logLevel: 'warn',
    mode: 'production',
    build: {
      write: false,
      target: OLD_SYNTAX,
      minify: false,
      lib: { entry: 'widget/old-browser.ts', formats: ['es'], fileName: 'old-browser' },
      rolldownOptions: { checks: { bundlerTimings: false }, output: { comments: false } },
    },
  });
  const amd = asAmd(chunksOf(built)[0]?.code ?? '');
  return [`old-browser-${createHash('sha256').update(amd).digest('hex').slice(0, 8)}.js`, amd];
}

/** `parts`: the first one is the widget, the others are what it needs, so that all of them are asked for at once. */
export const scriptFor = (parts: readonly string[], exported: string, oldBrowser: string): string =>
  `define(["require"].concat(
${QUESTIONS.join('\n|| ')}
? "./${oldBrowser}"
: ${JSON.stringify(parts)}
), function (require, part) {
return part.OldBrowser || part.${exported};
});
`;
