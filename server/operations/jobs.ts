/**
 * What the server does by itself, whoever's page is open. Every instance runs this; each duty is done by one of them at a
 * time (pg-boss). What there is to do stands in our own rows: a job is only the sign to look, so one that is lost or comes
 * twice does no harm, and its failure is looked at again with the next sign.
 */
import { fromPglite, PgBoss } from 'pg-boss';
import type { OpenDatabase } from '../store/database.ts';

/** One instance at a time, when its clock says so and when it is woken. */
export type Duty = {
  readonly name: string;
  readonly cron: string;
  readonly work: (leaving: AbortSignal) => Promise<void>;
};

/** For one id at a time: several are done side by side, each by one instance. */
export type Errand = {
  readonly name: string;
  /** Where it may take longer than the others: after so many seconds the instance that had it counts as dead. */
  readonly longestSeconds?: number;
  readonly work: (id: string, leaving: AbortSignal) => Promise<void>;
};

export type Jobs = {
  /** Has a duty done now. If the sign is lost, it is done when its clock says so. */
  readonly wake: (duty: string) => Promise<void>;
  /** Has an errand run for each, but for those that wait or run already. */
  readonly send: (errand: string, ids: readonly string[]) => Promise<void>;
  /** Makes its tables where there are none, and begins. Several instances may start at once. */
  readonly start: (duties: readonly Duty[], errands: readonly Errand[]) => Promise<void>;
  /** Begins nothing new and waits for what is under way, for some seconds. */
  readonly stop: () => Promise<void>;
};

export type JobsGiven = {
  readonly driver: OpenDatabase['driver'];
  readonly failed: (job: string, error: unknown) => void;
};

const SIDE_BY_SIDE = 4;
const CONNECTIONS = 3;
const LOOK_SECONDS = 1;
/** Longer than any of them takes: whoever had it has died. */
const EXPIRES_SECONDS = 120;
/** Shorter than what a stop may take in all, 10 seconds. */
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
  const noted = async (name: string, work: Promise<void>): Promise<void> => {
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
          noted(name, work(leaving.signal)),
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
            if (job) await noted(name, work(job.data.id, leaving.signal));
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
