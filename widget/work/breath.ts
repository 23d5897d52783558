/** Pauses between two steps of long work, so that the page can render and handle input. */
export async function breath(): Promise<void> {
  const { scheduler } = globalThis as Partial<Pick<Window, 'scheduler'>>;
  // Safari has no scheduler, and the scheduler of older browsers has no `yield`.
  if (scheduler && 'yield' in scheduler) await scheduler.yield();
  else
    await new Promise(resolve => {
      setTimeout(resolve);
    });
}
