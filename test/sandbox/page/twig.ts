/**
 * Templates, rendered by the same library and version as on the CRM's page. Values are not escaped unless a template
 * does so.
 */
import type { Gaps } from './gaps.ts';

export type Scope = Readonly<Record<string, unknown>>;
/** As scripts get it. */
export type Template = { readonly render: (scope?: Scope) => string };

type Asked = {
  readonly data?: string;
  readonly href?: string;
  readonly ref?: string;
  readonly async?: boolean;
  /** Errors are thrown; otherwise they render as nothing. */
  readonly rethrow?: boolean;
  readonly load?: (template: Template) => void;
  readonly error?: () => void;
};
/** A template by its text or address; by `ref`, one that has a name, or null. */
type FromTwig = (asked: Asked) => Template | null;
export type Twig = {
  twig: FromTwig;
  readonly extend: (open: (core: { readonly Templates: object }) => void) => void;
  readonly extendFunction: (name: string, call: (...given: unknown[]) => string) => void;
};
type Control = (ref: string, given: Scope) => string | undefined;

/**
 * Makes the library equal to the CRM's: the CRM's own controls are templates, the global also has the registry of
 * templates, and the returned module is a function. A missing control is reported.
 */
export function twigModule(control: Control, gaps: Gaps): object {
  const { Twig } = window;
  const { twig } = Twig;
  Twig.extend(({ Templates }) => Object.assign(Twig, { Templates }));
  const drawnControl = (ref: string, given: Scope): string => {
    const found = control(ref, given);
    if (found === undefined) gaps.name(`system template ${ref}`);
    return found ?? '';
  };
  Twig.twig = asked =>
    twig(asked) ??
    (asked.ref === undefined ? null : { render: (given = {}) => drawnControl(asked.ref ?? '', given) });
  Twig.extendFunction('include_control', (name, given) =>
    drawnControl(`/tmpl/controls/${String(name)}.twig`, { ...Object(given) }),
  );
  return Object.assign((asked: Asked) => Twig.twig(asked), Twig);
}

/** Empty if the template fails, which is reported. */
const drawnBy = (template: () => Template | null, scope: Scope, gaps: Gaps): string => {
  try {
    return template()?.render(scope) ?? '';
  } catch (error) {
    gaps.name(
      `twig: ${error instanceof Error ? error.message : String(Reflect.get(Object(error), 'message'))}`,
    );
    return '';
  }
};

export const drawn = (data: string, scope: Scope, gaps: Gaps): string =>
  drawnBy(() => window.Twig.twig({ data, rethrow: true }), scope, gaps);

/** One of the CRM's controls, or one to which a widget gave an id. */
export const referred = (ref: string, scope: Scope, gaps: Gaps): string =>
  drawnBy(() => window.Twig.twig({ ref }), scope, gaps);

/** Loads a template by its address, with its includes. A missing one is reported and empty. */
export function templateAt(href: string, gaps: Gaps): Promise<Template> {
  return new Promise(resolve => {
    const named = (template: Template): void =>
      resolve({ render: (scope = {}) => drawnBy(() => template, scope, gaps) });
    const absent = (): void => {
      gaps.name(`template ${href}`);
      resolve({ render: () => '' });
    };
    window.Twig.twig({ href, async: true, rethrow: true, load: named, error: absent });
  });
}
