/**
 * `self.render` and the `render` of `render_template`: a template by its text (`data`), by the name of a control of the
 * CRM's own (`ref`), or by its address in the archive (`href`). What cannot be drawn is named and left empty.
 */
import type { Gaps } from './gaps.ts';
import { systemControl } from './system-controls.ts';
import type { Scope } from './twig-expression.ts';
import { TwigLacks } from './twig-expression.ts';
import { renderTwig } from './twig.ts';

/** As scripts get it when a template was loaded by its address. */
export type Template = { readonly render: (scope?: Scope) => string };

type Asked = {
  readonly data?: string;
  readonly ref?: string;
  readonly href?: string;
  readonly base_path?: string;
  readonly v?: string;
  readonly load?: (template: Template) => void;
  readonly promised?: boolean;
};

export type WidgetRender = (asked?: Asked, scope?: Scope) => unknown;

/** Empty, and named, when the template goes beyond the language that the sandbox speaks. */
export function drawn(template: string, scope: Scope, gaps: Gaps): string {
  try {
    return renderTwig(template, scope);
  } catch (error) {
    if (!(error instanceof TwigLacks)) throw error;
    gaps.name(`twig: ${error.message}`);
    return '';
  }
}

export function widgetRender(gaps: Gaps): WidgetRender {
  const templateAt = async (address: string): Promise<Template> => {
    const response = await fetch(address);
    if (!response.ok) gaps.name(`template ${address}`);
    const text = response.ok ? await response.text() : '';
    return { render: (scope = {}) => drawn(text, scope, gaps) };
  };
  return ({ data, ref, href, base_path = '', v, load, promised } = {}, scope = {}) => {
    if (data !== undefined) return drawn(data, scope, gaps);
    if (ref !== undefined) {
      const control = systemControl(ref, scope);
      if (control === undefined) gaps.name(`system template ${ref}`);
      return control ?? '';
    }
    if (href === undefined) return '';
    const version = v === undefined ? '' : `?v=${v}`;
    const loaded = templateAt(`${base_path.replace(/\/$/, '')}/${href.replace(/^\//, '')}${version}`);
    if (load) void loaded.then(load);
    return promised ? loaded : '';
  };
}
