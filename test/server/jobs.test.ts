/** The server's background jobs: each one runs on one instance at a time. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createJobs, type Duty, type Errand, type Jobs } from '../../server/operations/jobs.ts';
import type { OpenDatabase } from '../../server/store/database.ts';
import { freshDatabase, kinds } from '../support/databases.ts';

/** Once in four years. */
const NEVER = '0 0 29 2 *';

describe.each(kinds())('jobs in a database (%s)', kind => {
  let open: OpenDatabase;
  let running: Jobs[];
  let failures: string[];
  beforeAll(async () => {
    open = await freshDatabase(kind);
  });
  beforeEach(() => {
    running = [];
    failures = [];
  });
  afterEach(async () => {
    await Promise.all(running.map(jobs => jobs.stop()));
  });
  afterAll(() => open.close());
  async function instance(duties: readonly Duty[], errands: readonly Errand[] = []): Promise<Jobs> {
    const jobs = createJobs({
      driver: open.driver,
      failed: (job, error) => failures.push(`${job}: ${String(error)}`),
    });
    running.push(jobs);
    await jobs.start(duties, errands);
    return jobs;
  }

  /** Two instances; only one on an embedded database. */
  async function instances(
    duties: readonly Duty[],
    errands: readonly Errand[] = [],
  ): Promise<readonly [Jobs, Jobs]> {
    const all = await Promise.all(
      Array.from({ length: kind === 'embedded' ? 1 : 2 }, () => instance(duties, errands)),
    );
    const [first, second = first] = all;
    if (!first || !second) throw new Error('There is no instance');
    return [first, second];
  }

  it('run when they are woken, on one instance at a time', async () => {
    let [done, inside, most] = [0, 0, 0];
    const duty: Duty = {
      name: 'look',
      cron: NEVER,
      async work() {
        inside += 1;
        most = Math.max(most, inside);
        await open.isReady();
        inside -= 1;
        done += 1;
      },
    };
    const [first, second] = await instances([duty]);
    await Promise.all([first.wake('look'), second.wake('look'), first.wake('look')]);
    await expect.poll(() => done, { timeout: 5000 }).toBeGreaterThan(0);
    await first.wake('look');
    await expect.poll(() => done, { timeout: 5000 }).toBeGreaterThan(1);
    expect(most).toBe(1);
    expect(failures).toEqual([]);
  });

  it('run once for each id, even when it is sent again while it waits', async () => {
    const done: string[] = [];
    let open: (() => void) | undefined;
    const gate = new Promise<void>(resolve => (open = resolve));
    const errand: Errand = {
      name: 'renew',
      async work(id) {
        await gate;
        done.push(id);
      },
    };
    const [first, second] = await instances([], [errand]);
    const ids = Array.from({ length: 20 }, (_, at) => String(at));
    await Promise.all([first.send('renew', ids), second.send('renew', ids)]);
    open?.();
    await expect.poll(() => new Set(done).size, { timeout: 15_000 }).toBe(20);
    expect(done).toHaveLength(20);
  });

  it('are reported when they fail, and run again at the next wake-up', async () => {
    let tries = 0;
    const duty: Duty = {
      name: 'fail',
      cron: NEVER,
      async work() {
        tries += 1;
        if (tries === 1) throw new Error('the first time');
      },
    };
    const jobs = await instance([duty]);
    await jobs.wake('fail');
    await expect.poll(() => failures, { timeout: 5000 }).toEqual(['fail: Error: the first time']);
    await jobs.wake('fail');
    await expect.poll(() => tries, { timeout: 5000 }).toBe(2);
  });

  it('get a signal when the instance stops, and the stop waits for them', async () => {
    let end: (() => void) | undefined;
    let [isTold, hasEnded] = [false, false];
    const duty: Duty = {
      name: 'long',
      cron: NEVER,
      async work(leaving) {
        leaving.addEventListener('abort', () => (isTold = true));
        await new Promise<void>(resolve => (end = resolve));
        hasEnded = true;
      },
    };
    const jobs = await instance([duty]);
    await jobs.wake('long');
    await expect.poll(() => end, { timeout: 5000 }).toBeDefined();
    const stopped = jobs.stop();
    expect(isTold).toBe(true);
    end?.();
    await stopped;
    running = [];
    expect(hasEnded).toBe(true);
  });
});
