/**
 * script.js itself: it checks whether the browser is one of those named in package.json and loads either the widget or,
 * instead of everything, one sentence (old-browser.ts). Each check looks for a feature that came with the oldest
 * supported version of one browser and that the others have had for longer.
 */
import { createHash } from 'node:crypto';
import { build } from 'vite';
import { asAmd } from './amd.ts';
import { chunksOf } from './output.ts';

/** The syntax that browsers must understand to see the sentence. In older ones the CRM itself does not run. */
const OLD_SYNTAX = 'es2018';

export const QUESTIONS = [
  // Chrome 109.
  'typeof MathMLElement === "undefined"',
  // Safari 16.4; every view depends on it.
  '!("replaceSync" in CSSStyleSheet.prototype)',
  // Firefox 115; the other browsers got it later.
  '("mozInnerScreenX" in window && !URL.canParse)',
] as const;

/** The sentence as a separate file, named by the hash of its content. */
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

/** `parts` lists the widget first and then its dependencies, so that all of them are requested at once. */
export const scriptFor = (parts: readonly string[], exported: string, oldBrowser: string): string =>
  `define(["require"].concat(
${QUESTIONS.join('\n|| ')}
? "./${oldBrowser}"
: ${JSON.stringify(parts)}
), function (require, part) {
return part.OldBrowser || part.${exported};
});
`;
