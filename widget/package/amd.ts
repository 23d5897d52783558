/**
 * The CRM loads widgets with RequireJS, so every file of the package is an anonymous AMD module. The bundler
 * speaks CommonJS; this turns one into the other, text by text, and leaves our code readable.
 */

/** Parts that load on demand: CommonJS would load them at once, RequireJS asks for them and can fail. */
const LAZY = /Promise\.resolve\(\)\.then\(\(\) => require\("(?<id>[^"]+)"\)\)/g;

/** The interop flag of Node would hide a library's `default` behind another `default`. */
const NODE_INTEROP = /__toESM\((?<name>\w+), 1\)/g;

/** A part that failed to load is forgotten, so that asking again asks the server again. */
const loadPart = (id: string): string =>
  `new Promise((resolve, reject) => require(["${id}"], resolve, error => {
	for (const part of error.requireModules ?? []) window.requirejs.undef(part);
	reject(error);
}))`;

/** `exported` names the one value that the module is, for a module that is not a set of exports. */
export function asAmd(commonJs: string, imports: readonly string[], exported?: string): string {
  const body = commonJs
    .replaceAll('/* @__PURE__ */ ', '')
    .replaceAll(LAZY, (_, id: string) => loadPart(id))
    .replaceAll(NODE_INTEROP, '__toESM($<name>)');
  const needs = ['require', 'exports', ...imports].map(id => JSON.stringify(id)).join(', ');
  return `define([${needs}], function (require, exports) {\n${body}\n${
    exported ? `return exports.${exported};\n` : ''
  }});\n`;
}
