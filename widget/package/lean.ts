/**
 * Removes library code that never runs in our pages, and defines stand-ins for it. If a new version lacks one of these
 * methods, the build fails, so that a developer checks what replaced it.
 */
import { type Plugin } from 'vite';

/**
 * Modules of axios. Every supported browser has XMLHttpRequest, queries are `URLSearchParams`, and bodies are JSON. We
 * send no forms, use no interceptors or progress events, and cancel with signals. Two fifths of its size.
 */
const STAND_INS: Readonly<Record<string, string>> = {
  'adapters/adapters.js':
    "import xhr from './xhr.js'; export default { getAdapter: () => xhr, adapters: { xhr } };",
  'cancel/CancelToken.js': 'export default null;',
  'helpers/AxiosURLSearchParams.js': 'export default null;',
  'core/InterceptorManager.js': 'export default class { forEach() {} }',
  'core/assertParamsAcyclic.js': 'export default () => {};',
  'helpers/HttpStatusCode.js': 'export default {};',
  'helpers/formDataToJSON.js': 'export default form => form;',
  'helpers/progressEventReducer.js':
    'export const progressEventReducer = null, progressEventDecorator = null, asyncDecorator = null;',
  'helpers/toFormData.js': 'export default null;',
  'helpers/toURLEncodedForm.js': 'export default null;',
};

/**
 * File → class → methods. i18next gets all texts of a language when it is created, there is one instance with one
 * language, and no formatter is registered; no axios error is serialised. A fifth of i18next's size.
 */
const IDLE: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'i18next/dist/esm/i18next.js': {
    Connector: [
      'queueLoad',
      'loaded',
      'read',
      'prepareLoading',
      'load',
      'reload',
      'noticeDevFallback',
      'loadOne',
      'saveMissing',
    ],
    LanguageUtil: ['clearCache'],
    Logger: ['clone'],
    PluralResolver: ['clearCache', 'getPluralFormsOfKey'],
    ResourceStore: ['removeNamespaces', 'addResources', 'removeResourceBundle', 'toJSON'],
    Formatter: ['add', 'addCached'],
    Translator: ['exists', 'getUsedParamsDetails'],
    I18n: [
      'use',
      'hydrate',
      'getFixedT',
      'exists',
      'setDefaultNamespace',
      'loadNamespaces',
      'loadLanguages',
      'dir',
      'cloneInstance',
      'toJSON',
    ],
  },
  'axios/lib/core/AxiosError.js': { AxiosError: ['toJSON'] },
};

export const lean: Plugin = {
  name: 'lean-libraries',
  load: id => STAND_INS[id.split('/axios/lib/')[1] ?? ''] ?? null,
  transform(code, id) {
    const classes = IDLE[id.split('/node_modules/')[1] ?? ''];
    if (!classes) return null;
    const idle = Object.entries(classes).flatMap(([name, methods]) =>
      methods.map(method => `${name}.${method}`),
    );
    let [text, from] = ['', 0];
    for (const declared of this.parse(code).body) {
      if (declared.type !== 'ClassDeclaration') continue;
      for (const member of declared.body.body) {
        if (member.type !== 'MethodDefinition' || member.key.type !== 'Identifier') continue;
        const at = idle.indexOf(`${declared.id?.name}.${member.key.name}`);
        if (at === -1) continue;
        idle.splice(at, 1);
        text += code.slice(from, member.start);
        from = member.end;
      }
    }
    if (idle.length > 0)
      throw new Error(`${id} no longer has ${idle.join(', ')}: correct the list in widget/package/lean.ts`);
    return { code: text + code.slice(from), map: null };
  },
};
