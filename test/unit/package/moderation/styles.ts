/** Rules about how it looks: nothing of ours reaches the CRM's page, and nothing is lost in the dark theme. */
import { ownScripts, textOf, withCode, withFile, type Archive, type Rule } from './rule.ts';

/** Class names of the CRM's own that a careless widget would restyle. */
const SYSTEM =
  /\.(control-|button-input|card-widgets|widget[-_]settings|modal-body|js-|switcher|input-|select-)/;

/** Style sheets travel as texts in our scripts and are adopted by shadow roots, where selectors stay inside. */
const sheets = (archive: Archive): readonly string[] =>
  ownScripts(archive).flatMap(path =>
    archive.acts(path).texts.filter(text => /\{\s*[a-z-]+:[^{}]*\}/.test(text) && text.includes('\n')),
  );

const selectorsOf = (css: string): readonly string[] =>
  css
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .split('{')
    .map(part => part.split('}').at(-1)?.trim() ?? '')
    .filter(selector => selector !== '');

const withSheet =
  (css: string) =>
  (archive: Archive): Archive =>
    withCode(archive, `const sheet = ${JSON.stringify(css)};`);

export const STYLE_RULES: readonly Rule[] = [
  {
    name: 'no style sheet is left for the whole page',
    breaches: ({ files }) => [...files.keys()].filter(path => path.endsWith('.css')),
    broken: archive => withFile(archive, 'style.css', 'input { color: red; }'),
  },
  {
    name: 'no class name of the CRM’s is styled',
    breaches: archive =>
      sheets(archive)
        .flatMap(selectorsOf)
        .filter(selector => SYSTEM.test(selector)),
    broken: withSheet('.control-select {\n  color: red;\n}\n'),
  },
  {
    name: 'no style sheet comes from elsewhere',
    breaches: archive =>
      sheets(archive)
        .filter(css => /@import|url\(/.test(css))
        .map(css => css.slice(0, 80)),
    broken: withSheet('@import "https://example.com/a.css";\n.a {\n  color: red;\n}\n'),
  },
  {
    name: 'the page’s own variables are read and never set',
    breaches: archive => sheets(archive).flatMap(css => css.match(/--palette-[\w-]+\s*:/g) ?? []),
    broken: withSheet(':host {\n  --palette-text-primary: red;\n}\n'),
  },
  {
    name: 'the dark theme has colours of its own',
    breaches: archive =>
      sheets(archive).some(css => /:host\(\[data-theme='dark'\]\)/.test(css))
        ? []
        : ['no rules for the dark theme'],
    broken: archive =>
      ownScripts(archive)
        .filter(path => textOf(archive, path).includes("[data-theme='dark']"))
        .reduce(
          (changed, path) =>
            withFile(
              changed,
              path,
              textOf(changed, path).replaceAll("[data-theme='dark']", '[data-theme=blue]'),
            ),
          archive,
        ),
  },
];
