/**
 * RequireJS as configured by the CRM: its own libraries by name, and the plugins `optional!`, `json!` and `text!`. A
 * missing or broken widget script is simply absent, because `optional!` swallows the error.
 */
import type { Gaps } from './gaps.ts';
import type { Backbone, JQueryStatic } from './jquery.ts';
import { systemControl } from './system-controls.ts';
import { twigModule, type Twig } from './twig.ts';

export type AmdRequire = {
  (
    modules: readonly string[],
    ready: (...modules: unknown[]) => void,
    failed?: (error: unknown) => void,
  ): void;
  readonly config: (options: object) => void;
  readonly undef: (id: string) => void;
  readonly toUrl: (id: string) => string;
  onError: (error: unknown) => void;
};
type Define = (
  id: string,
  dependencies: readonly string[],
  factory: (...modules: never[]) => unknown,
) => void;
type OnLoad = { (module: unknown): void; readonly error: (reason: unknown) => void };
type PluginLoad = (name: string, require: AmdRequire, onLoad: OnLoad) => void;

declare global {
  // Declarations of a global can only be merged as an interface.
  interface Window {
    readonly requirejs: AmdRequire;
    readonly define: Define;
    readonly jQuery: JQueryStatic;
    readonly _: object;
    readonly Backbone: Backbone;
    readonly Twig: Twig;
  }
}

const optional =
  (gaps: Gaps): PluginLoad =>
  (name, require, onLoad) =>
    require([name], onLoad, error => {
      nameFailed(error, gaps);
      window.requirejs.undef(name);
      onLoad(undefined);
    });

const named = (id: string): string => `module ${id.replace(/\?v=.*$/, '')}`;

/** Reports the error of a broken module, or of a widget's callback for its modules. */
function nameFailed(error: unknown, gaps: Gaps): void {
  if (Reflect.get(Object(error), 'requireType') === 'scripterror') return;
  const modules: unknown = Reflect.get(Object(error), 'requireModules');
  const reason = String(error).split('\n')[0] ?? '';
  if (!Array.isArray(modules)) gaps.name(reason);
  else for (const id of modules) gaps.name(`${named(String(id))}: ${reason}`);
}

/** RequireJS reports only the first missing module, and none if a widget handles the error itself. */
function nameEachAbsent(gaps: Gaps): void {
  const told = ({ target }: Event): void => {
    const id = target instanceof HTMLScriptElement && target.dataset['requiremodule'];
    if (id) gaps.name(named(id));
  };
  document.addEventListener('error', told, { capture: true });
}

const textOf = async (name: string, require: AmdRequire): Promise<string> => {
  const response = await fetch(name.startsWith('/') ? name : require.toUrl(name));
  if (!response.ok) throw new Error(`${response.status} for ${name}`);
  return response.text();
};

const text: PluginLoad = (name, require, onLoad) => void textOf(name, require).then(onLoad, onLoad.error);

/** Fails on a byte order mark, as in the CRM. */
const json: PluginLoad = (name, require, onLoad) =>
  void textOf(name, require)
    .then((content): unknown => JSON.parse(content))
    .then(onLoad, onLoad.error);

/** The CRM loads its own libraries before RequireJS; widgets get the same ones by name. */
export function configureAmd(gaps: Gaps): void {
  const { requirejs, define, jQuery, _: underscore, Backbone } = window;
  const twig = twigModule(systemControl, gaps);
  // How long the CRM's page waits for a module is not known. A slow machine must not stop a widget here.
  requirejs.config({ baseUrl: '/', paths: { moment: '/assets/vendor/moment' }, waitSeconds: 0 });
  nameEachAbsent(gaps);
  requirejs.onError = error => {
    nameFailed(error, gaps);
    gaps.tell('A module did not come', error);
  };
  define('jquery', [], () => jQuery);
  define('underscore', [], () => underscore);
  define('backbone', [], () => Backbone);
  define('twigjs', [], () => twig);
  define('optional', [], () => ({ load: optional(gaps) }));
  define('text', [], () => ({ load: text }));
  define('json', [], () => ({ load: json }));
}

/** Loads modules; rejects if one is missing. */
export function required(modules: readonly string[]): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    window.requirejs(modules, (...found) => resolve(found), reject);
  });
}
