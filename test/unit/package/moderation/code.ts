/** Rules about what our scripts do. Libraries are held only to what the checklist does not except them from. */
import type { Acts, Call } from './acts.ts';
import { allScripts, ownScripts, textOf, withCode, type Archive, type Rule } from './rule.ts';

type Scripts = (archive: Archive) => readonly string[];

/** Says of each script what `found` sees in it. */
const inEach =
  (scripts: Scripts, found: (acts: Acts, code: string) => readonly string[]) =>
  (archive: Archive): readonly string[] =>
    scripts(archive).flatMap(path =>
      found(archive.acts(path), textOf(archive, path)).map(what => `${path}: ${what}`),
    );

/** A rule that forbids something, and a line of code that does it. */
const never = (
  name: string,
  found: (acts: Acts) => readonly string[],
  line: string,
  scripts: Scripts = ownScripts,
): Rule => ({
  name,
  breaches: inEach(scripts, found),
  broken: archive => withCode(archive, line),
});

const calling = ({ calls }: Acts, isMeant: (call: Call) => boolean): readonly string[] =>
  calls.filter(isMeant).map(({ callee, given }) => `${callee}(${given.join(', ')})`.slice(0, 80));

const named =
  (pattern: RegExp, given: RegExp = /^/) =>
  (acts: Acts): readonly string[] =>
    calling(acts, call => pattern.test(call.callee) && given.test(call.given.join(', ')));

const CRM_NAMES = /^(window\.)?(APP|AMOCRM)\b/;
const CHANGES =
  /^(Object\.(assign|defineProperty|defineProperties|setPrototypeOf)|Reflect\.(set|defineProperty|deleteProperty))$/;

/** Buttons that only a person may press. */
const NATIVE_BUTTONS = /js-widget-(save|install|uninstall)|button-input/;

/** Receivers of `click()` that are no button of the CRM's: a link outside of the page, a radio of our own grid. */
const OWN_CLICKS = new Set(['link.click', 'next.click']);

const LONGEST_LINE = 400;

export const CODE_RULES: readonly Rule[] = [
  never(
    'nothing is written to the console but what a developer asked for',
    ({ members }) => members.filter(one => /^(window\.)?console\.(?!debug$)/.test(one)),
    'console.log(1);',
  ),
  never('no dialog of the browser’s opens', named(/^(window\.)?(alert|confirm|prompt)$/), 'alert(1);'),
  never('no debugger is called', ({ debuggers }) => (debuggers ? ['debugger'] : []), 'debugger;'),
  never(
    'no text is run as code, not even by a library',
    acts => [
      ...named(/^(window\.|globalThis\.)?(eval|Function)$/)(acts),
      ...named(/^(window\.)?set(Timeout|Interval)$/, /^["'`]/)(acts),
    ],
    'new Function("return 1")();',
    allScripts,
  ),
  never(
    'no script element is made, not even by a library',
    named(/createElement(NS)?$/, /["'`]script["'`]/),
    'document.createElement("script");',
    allScripts,
  ),
  never(
    'no style or link element is made',
    named(/createElement(NS)?$/, /["'`](style|link)["'`]/),
    'document.createElement("style");',
  ),
  never(
    'nothing is put into the page’s head, and no style sheet onto the page',
    ({ members }) => members.filter(one => /(^|\.)document\.(head|adoptedStyleSheets)$/.test(one)),
    'document.head.append(1);',
  ),
  never(
    'scripts come from the archive only',
    acts => [
      ...calling(
        acts,
        ({ callee, given }) =>
          /^(require|define|importScripts|(window\.)?requirejs)$/.test(callee) &&
          /https?:|["'`]\/\//.test(given[0] ?? ''),
      ),
      ...acts.texts.filter(text => /https?:\/\/\S+\.js\b/.test(text)),
    ],
    'require(["https://cdn.example.com/a.js"]);',
    allScripts,
  ),
  never(
    'no host of a developer is named',
    ({ texts }) => texts.filter(text => /^(https?:)?\/\/(localhost|127\.|0\.0\.0\.0)/.test(text)),
    'fetch("http://localhost:8080");',
  ),
  never(
    'no request makes the page wait',
    acts => [
      ...named(/\.open$/, /^["'`](GET|POST|PUT|PATCH|DELETE)["'`],.*\bfalse\b/)(acts),
      ...named(/\.ajax$/, /async: false/)(acts),
    ],
    'const request = {}; request.open("GET", "/", false);',
    allScripts,
  ),
  never(
    'no proxy of the CRM is used, in loops or elsewhere',
    ({ members }) => members.filter(one => /\.(crm_post|\$authorizedAjax)$/.test(one)),
    'const self = {}; self.crm_post("/");',
  ),
  never(
    'what the CRM lends is only read',
    acts => [
      ...acts.targets.filter(target => CRM_NAMES.test(target)),
      ...calling(acts, ({ callee, given }) => CHANGES.test(callee) && CRM_NAMES.test(given[0] ?? '')),
    ],
    'APP.data.current_card = null;',
  ),
  never(
    'nobody presses Save, Install or Uninstall for the person',
    acts => [
      ...acts.texts.filter(text => NATIVE_BUTTONS.test(text)),
      ...named(/\.trigger$/)(acts),
      ...calling(acts, ({ callee }) => callee.endsWith('.click') && !OWN_CLICKS.has(callee)),
    ],
    'document.querySelector(".js-widget-save").click();',
  ),
  never(
    'links that leave the page open a window of their own and name no referrer',
    acts =>
      calling(
        acts,
        ({ callee, given }) =>
          callee === 'h' &&
          given[0] === '"a"' &&
          !/target:\s*"_blank",\s*rel:\s*"[a-z ]*noreferrer"/.test(given[1] ?? '') &&
          !/href:\s*deal\.address/.test(given[1] ?? ''),
      ),
    'const h = () => 0; h("a", { href: "https://example.com" });',
  ),
  {
    name: 'own code is neither minified nor obfuscated',
    breaches: inEach(ownScripts, ({ names, layout }) => {
      const short = names.filter(name => name.replace(/\$\d+$/, '').length < 2 && name !== '_');
      const longest = Math.max(...layout.split('\n').map(line => line.length));
      return [
        ...(short.length > names.length / 5 ? [`names like ${short.slice(0, 5).join(', ')}`] : []),
        ...(longest > LONGEST_LINE ? [`a line of ${longest} characters`] : []),
      ];
    }),
    broken: archive => withCode(archive, `const sum = ${'1 + '.repeat(LONGEST_LINE / 4)}1;`),
  },
  {
    name: 'no code is commented out',
    breaches: inEach(ownScripts, (_, code) =>
      code.split('\n').filter(line => /^\s*(\/\/|\*).*([;{}]|\)\s*=>)\s*$/.test(line)),
    ),
    broken: archive => withCode(archive, '// const old = 1;'),
  },
];
