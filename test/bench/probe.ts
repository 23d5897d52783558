/**
 * What the browser itself says a page costs. Time is the processor time of the page's main thread, so that neither the
 * wait for a frame nor other programs on the machine count.
 */
import type { CDPSession, Page } from 'playwright';

export type Counts = {
  /** Nodes of documents and those that only scripts still hold. */
  readonly nodes: number;
  readonly listeners: number;
  readonly heap: number;
};

export type Probe = {
  /**
   * Everything the main thread did until it was quiet again, in milliseconds: animations and what was put off for later
   * count. The browser's own sum of script leaves out what follows an `await`.
   */
  readonly cost: (act: () => Promise<unknown>) => Promise<number>;
  /** How long the main thread was held in one piece, for each piece. Milliseconds. */
  readonly tasks: (act: () => Promise<unknown>) => Promise<readonly number[]>;
  /** After everything that can be collected has been. */
  readonly counts: () => Promise<Counts>;
  /** Roots of trees that have left the document and are still held. */
  readonly detached: () => Promise<number>;
  readonly slowDown: (times: number) => Promise<void>;
};

/** Longer than any transition, and than what views put off. */
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
      // What the first round sets free may hold more that only the next one finds.
      for (let round = 0; round < 3; round += 1) await cdp.send('HeapProfiler.collectGarbage');
      const { nodes, jsEventListeners } = await cdp.send('Memory.getDOMCounters');
      const { usedSize } = await cdp.send('Runtime.getHeapUsage');
      return { nodes, listeners: jsEventListeners, heap: usedSize };
    },
    async detached() {
      // The inspector keeps what it has named, and with an overlay the whole card that listens to it, until its session ends.
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
