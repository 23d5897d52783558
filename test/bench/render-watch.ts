/** Runs inside the CRM's page before its scripts: records the time from each `render()` of a widget until its button can be pressed. */
import type { Page } from 'playwright';

export type Rendered = {
  /** From the call of `render()` until the button is laid out. Milliseconds. */
  readonly render: number;
  /** From the request for the widget's script until then. */
  readonly sinceScript: number;
};

/** Passed to the browser as text: it may use nothing from outside. */
export function watchRenders(): void {
  const renders: Rendered[] = [];
  const longTasks: number[] = [];
  Object.assign(window, { bench: { renders, longTasks } });
  new PerformanceObserver(list => {
    longTasks.push(...list.getEntries().map(({ duration }) => duration));
  }).observe({ entryTypes: ['longtask'] });

  const button = (): HTMLButtonElement | undefined => {
    const block = document.querySelector('#widgets_block .card-widgets__widget');
    const roots = [...(block?.querySelectorAll('*') ?? [])].map(({ shadowRoot }) => shadowRoot);
    const found = [block, ...roots].map(root => root?.querySelector('button')).find(Boolean);
    return found ?? undefined;
  };
  const timed = (render: () => unknown) => (): unknown => {
    const started = performance.now();
    const answer = render();
    const rendered = performance.now();
    const found = button();
    const looked = performance.now();
    const { width = 0 } = found?.getBoundingClientRect() ?? {};
    const ended = performance.now();
    const script = performance.getEntriesByType('resource').find(({ name }) => name.includes('script.js'));
    if (found && width > 0 && !found.disabled) {
      renders.push({
        render: rendered - started + (ended - looked),
        sinceScript: ended - (looked - rendered) - (script?.startTime ?? Number.NaN),
      });
    }
    return answer;
  };
  Object.defineProperty(window, 'APP', {
    configurable: true,
    set(app: Window['APP']) {
      const list = new Proxy(app.widgets.list, {
        set(target, code, widget) {
          widget.callbacks.render = timed(widget.callbacks.render);
          return Reflect.set(target, code, widget);
        },
      });
      const watched = Object.assign(app, { widgets: { ...app.widgets, list } });
      Object.defineProperty(window, 'APP', { value: watched });
    },
  });
}

type Watched = { readonly renders: readonly Rendered[]; readonly longTasks: readonly number[] };

/** The records since the last call. */
export const taken = (page: Page): Promise<Watched> =>
  page.evaluate(() => {
    const { renders, longTasks }: { renders: Rendered[]; longTasks: number[] } = Reflect.get(window, 'bench');
    return { renders: renders.splice(0), longTasks: longTasks.splice(0) };
  });
