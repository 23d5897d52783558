/**
 * `self.render` and the `render` of `render_template`: a template by its text (`data`), by the name of a CRM control
 * (`ref`), or by its address in the archive (`href`). What cannot be rendered is reported and left empty.
 */
import type { Gaps } from './gaps.ts';
import { drawn, referred, templateAt, type Scope, type Template } from './twig.ts';

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

export function widgetRender(gaps: Gaps): WidgetRender {
  return ({ data, ref, href, base_path = '', v, load, promised } = {}, scope = {}) => {
    if (data !== undefined) return drawn(data, scope, gaps);
    if (ref !== undefined) return referred(ref, scope, gaps);
    if (href === undefined) return '';
    const version = v === undefined ? '' : `?v=${v}`;
    const address = `${base_path.replace(/\/$/, '')}/${href.replace(/^\//, '')}${version}`;
    const loaded = templateAt(address, gaps);
    if (load) void loaded.then(load);
    return promised ? loaded : '';
  };
}
