/**
 * Background work, which runs whether or not a page is open. Every instance runs this, and pg-boss lets one of them do each
 * duty at a time. The work itself is described by our own rows: a job is only a signal to look at them. So a lost or repeated
 * job does no harm, and after a failure the next job looks again.
 */
import { fromPglite, PgBoss } from 'pg-boss';
import type { OpenDatabase } from '../store/database.ts';

/** Runs on one instance at a time, on its schedule and when it is woken. */
export type Duty = {
  readonly name: string;
  readonly cron: string;
  readonly work: (leaving: AbortSignal) => Promise<void>;
};

/** Runs for one id at a time. Several ids run side by side, each on one instance. */
export type Errand = {
  readonly name: string;
  /** Where it may take longer than the others: after so many seconds the instance that had it counts as dead. */
  readonly longestSeconds?: number;
  readonly work: (id: string, leaving: AbortSignal) => Promise<void>;
};

export type Jobs = {
  /** Runs a duty now. If the signal is lost, the duty runs on its schedule. */
  readonly wake: (duty: string) => Promise<void>;
  /** Runs an errand for each id, except for those that are waiting or running already. */
  readonly send: (errand: string, ids: readonly string[]) => Promise<void>;
  /** Creates its tables if they are missing, and starts. Several instances may start at once. */
  readonly start: (duties: readonly Duty[], errands: readonly Errand[]) => Promise<void>;
  /** Starts nothing new and waits for running work, for some seconds. */
  readonly stop: () => Promise<void>;
};

export type JobsGiven = {
  readonly driver: OpenDatabase['driver'];
  readonly failed: (job: string, error: unknown) => void;
};

const SIDE_BY_SIDE = 4;
const CONNECTIONS = 3;
const LOOK_SECONDS = 1;
/** Longer than any job takes. After this, the instance that had it is taken for dead. */
const EXPIRES_SECONDS = 120;
/** Shorter than the ten seconds that a stop may take in total. */
const STOP_MILLISECONDS = 8_500;
const SCHEMA = 'jobs';
const WAKE = 'wake';

export function createJobs({ driver, failed }: JobsGiven): Jobs {
  const leaving = new AbortController();
  const boss = new PgBoss({
    schema: SCHEMA,
    ...(driver.kind === 'embedded'
      ? { db: fromPglite(driver.pglite), backend: 'pglite' as const }
      : { connectionString: driver.url, max: CONNECTIONS }),
    cronWorkerIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
  });
  boss.on('error', error => failed('pg-boss', error));

  const usual = { retryLimit: 0, expireInSeconds: EXPIRES_SECONDS, deleteAfterSeconds: 3600 };
  const reportingFailure = async (name: string, work: Promise<void>): Promise<void> => {
    try {
      await work;
    } catch (error) {
      failed(name, error);
      throw error;
    }
  };

  return {
    async wake(duty) {
      await boss.send(duty, {}, { singletonKey: WAKE }).catch((error: unknown) => failed(duty, error));
    },
    async send(errand, ids) {
      const jobs = ids.map(id => ({ data: { id }, singletonKey: id }));
      if (jobs.length > 0) await boss.insert(errand, jobs);
    },
    async start(duties, errands) {
      await boss.start();
      for (const { name, cron, work } of duties) {
        await boss.createQueue(name, { ...usual, policy: 'stately' });
        await boss.work(name, { pollingIntervalSeconds: LOOK_SECONDS }, () =>
          reportingFailure(name, work(leaving.signal)),
        );
        await boss.schedule(name, cron, {}, { singletonKey: WAKE });
      }
      for (const { name, longestSeconds, work } of errands) {
        await boss.createQueue(name, { ...usual, policy: 'exclusive' });
        // Also of a queue that an older version has made.
        if (longestSeconds !== undefined) await boss.updateQueue(name, { expireInSeconds: longestSeconds });
        await boss.work<{ readonly id: string }>(
          name,
          { pollingIntervalSeconds: LOOK_SECONDS, localConcurrency: SIDE_BY_SIDE },
          async ([job]) => {
            if (job) await reportingFailure(name, work(job.data.id, leaving.signal));
          },
        );
      }
    },
    async stop() {
      leaving.abort();
      await boss.stop({ graceful: true, timeout: STOP_MILLISECONDS });
    },
  };
}
