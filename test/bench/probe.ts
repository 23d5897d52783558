/**
 * The browser's own measurements of a page. Time is the processor time of the page's main thread, so neither the wait for a
 * frame nor other programs on the machine count.
 */
import type { CDPSession, Page } from 'playwright';

export type Counts = {
  /** Nodes of documents, and those that only scripts still reference. */
  readonly nodes: number;
  readonly listeners: number;
  readonly heap: number;
};

export type Probe = {
  /**
   * All main-thread work until it is idle again, in milliseconds, including animations and deferred work. The browser's own
   * sum of script leaves out what follows an `await`.
   */
  readonly cost: (act: () => Promise<unknown>) => Promise<number>;
  /** The lengths of the main thread's tasks, in milliseconds. */
  readonly tasks: (act: () => Promise<unknown>) => Promise<readonly number[]>;
  /** After a garbage collection. */
  readonly counts: () => Promise<Counts>;
  /** Roots of trees that have left the document and are still referenced. */
  readonly detached: () => Promise<number>;
  readonly slowDown: (times: number) => Promise<void>;
};

/** Longer than any transition, and than work that views defer. */
const QUIET_MS = 400;

export async function probeOf(page: Page): Promise<Probe> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  await cdp.send('HeapProfiler.enable');
  return {
    async cost(act) {
      await drawn(page);
      const before = await workOf(cdp);
      await act();
      await drawn(page);
      await new Promise(resolve => setTimeout(resolve, QUIET_MS));
      return (await workOf(cdp)) - before;
    },
    tasks: act => tasksOf(cdp, act),
    async counts() {
      // Objects that the first collection frees may reference others that only the next one finds.
      for (let round = 0; round < 3; round += 1) await cdp.send('HeapProfiler.collectGarbage');
      const { nodes, jsEventListeners } = await cdp.send('Memory.getDOMCounters');
      const { usedSize } = await cdp.send('Runtime.getHeapUsage');
      return { nodes, listeners: jsEventListeners, heap: usedSize };
    },
    async detached() {
      // The inspector keeps objects that it has named until its session ends, and with an overlay the whole card that listens to it.
      const asking = await page.context().newCDPSession(page);
      await asking.send('DOM.enable');
      const { detachedNodes } = await asking.send('DOM.getDetachedDomNodes');
      await asking.detach();
      return detachedNodes.length;
    },
    async slowDown(rate) {
      await cdp.send('Emulation.setCPUThrottlingRate', { rate });
    },
  };
}

type TraceEvent = {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Processor time of the thread, in microseconds. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
};

const isTraceEvent = (event: object): event is TraceEvent =>
  'name' in event && 'pid' in event && 'tid' in event && 'args' in event;

async function tasksOf(cdp: CDPSession, act: () => Promise<unknown>): Promise<readonly number[]> {
  const events: TraceEvent[] = [];
  const take = ({ value }: { value: object[] }): void => void events.push(...value.filter(isTraceEvent));
  cdp.on('Tracing.dataCollected', take);
  await cdp.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel'] },
  });
  await act();
  const complete = new Promise(resolve => {
    cdp.once('Tracing.tracingComplete', resolve);
  });
  await cdp.send('Tracing.end');
  await complete;
  cdp.off('Tracing.dataCollected', take);
  const main = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = events.filter(({ name, pid, tid }) => name.endsWith('RunTask') && main.has(`${pid} ${tid}`));
  if (tasks.length === 0) throw new Error('The trace shows no task of the page');
  return tasks.map(({ tdur = 0 }) => tdur / 1000);
}

async function workOf(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
}

/** Two frames: what the first one schedules is drawn in the second. */
const drawn = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise(resolve => {
        requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
      }),
  );
