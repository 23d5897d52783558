/** Between two steps of long work: the page draws, and hears what was pressed meanwhile. */
export async function breath(): Promise<void> {
  const { scheduler } = globalThis as Partial<Pick<Window, 'scheduler'>>;
  // Safari has no scheduler, and older browsers have one that cannot yield.
  if (scheduler && 'yield' in scheduler) await scheduler.yield();
  else
    await new Promise(resolve => {
      setTimeout(resolve);
    });
}
