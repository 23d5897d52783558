/**
 * The CRM loads widgets with RequireJS, so every file of the package is an anonymous AMD module. The bundler writes ES
 * modules; this file converts their imports and exports to AMD and leaves the code between them unchanged.
 */
import { parseAst, Visitor } from 'vite';
import { edited, type Edit } from './edit.ts';

type Named = { readonly type: string; readonly name?: string; readonly value?: unknown };

export function asAmd(module: string): string {
  const needs = new Map<string, string[]>();
  const exports: string[] = [];
  const edits: Edit[] = [];
  new Visitor({
    ImportDeclaration({ start, end, source, specifiers }) {
      if (RUNTIME.test(source.value)) {
        const [{ local } = { local: null }] = specifiers;
        if (specifiers.length !== 1 || !local)
          throw new Error('The bundler imports several names from its runtime; asAmd handles one');
        edits.push({ start, end, text: `const ${local.name} = ${PARTS_IN_ONE_FILE}` });
        return;
      }
      const names = needs.get(source.value) ?? [];
      needs.set(source.value, names);
      for (const one of specifiers) {
        if (one.type === 'ImportNamespaceSpecifier')
          throw new Error('Import single names, not a whole module as one object');
        names.push(pair(one.type === 'ImportSpecifier' ? nameOf(one.imported) : 'default', one.local.name));
      }
      edits.push({ start, end, text: '' });
    },
    ImportExpression({ start, end, source }) {
      edits.push({ start, end, text: `loadPart(${module.slice(source.start, source.end)})` });
    },
    ExportNamedDeclaration({ start, end, specifiers }) {
      for (const one of specifiers) exports.push(pair(nameOf(one.exported), nameOf(one.local)));
      edits.push({ start, end, text: '' });
    },
  }).visit(parseAst(module));
  const code = edited(module, edits);
  return [
    `define(${JSON.stringify(['require', ...needs.keys()])}, function (require) {`,
    ...Array.from(needs, ([id, names]) =>
      names.length > 0 ? `const ${block(names)} = require("${id}");` : `require("${id}");`,
    ),
    ...(/\bloadPart\(/.test(code) ? [LOAD_PART] : []),
    code.trim(),
    `return ${block(exports)};`,
    '});\n',
  ].join('\n');
}

/** The dependencies of an AMD module made here, except `require`. */
export const needsOf = (amd: string): readonly string[] =>
  Array.from(amd.split('\n', 1)[0]?.matchAll(/"(\.\/[^"]+)"/g) ?? [], ([, id = '']) => id);

/** Makes RequireJS forget a part that failed to load, so that the next attempt requests it again. */
const LOAD_PART = `const loadPart = id => new Promise((resolve, reject) => require([id], resolve, error => {
for (const part of error.requireModules ?? []) window.requirejs.undef(part);
reject(error);
}));`;

/** The bundler's own file. It contains one function, which costs less than another request. */
export const RUNTIME = /\brolldown-runtime-/;
/** Returns one part of a file that contains several. */
const PARTS_IN_ONE_FILE = `all => {
const part = {};
for (const name in all) Object.defineProperty(part, name, { get: all[name], enumerable: true });
return part;
};`;

const nameOf = ({ name, value }: Named): string => name ?? String(value);
const pair = (key: string, name: string): string => (key === name ? key : `${key}: ${name}`);
const block = (names: readonly string[]): string => `{\n${names.join(',\n')}\n}`;
