/** Assembles the server and runs it until it is stopped. */
import { createServer, type Server } from 'node:http';
import { adopt } from './private.ts';
import { createApp } from '../app.ts';
import { crmAt } from '../crm/amocrm/host.ts';
import { budgetGoneFor } from '../crm/pipedrive/budget.ts';
import { pipedriveAt } from '../crm/pipedrive/host.ts';
import { dutiesOf, errandsOf } from '../operations/duties.ts';
import { createJobs } from '../operations/jobs.ts';
import type { Log } from '../operations/log.ts';
import { createMetrics, type Metrics } from '../operations/metrics.ts';
import { pacedFetch, USUAL_RATES } from '../outgoing.ts';
import { openDatabase } from '../store/database.ts';
import { paceIn } from '../store/pace.ts';
import type { Configured } from './environment.ts';
import { pageFilesIn } from './page-files.ts';
import { createAppServer } from './server.ts';

/**
 * How long running requests may still take after a stop. The longest request of a page takes twenty seconds, most take a few.
 */
const GRACE_MILLISECONDS = 9_000;

/** Returns a function that stops the server. */
export async function serve(configured: Configured, log: Log): Promise<() => Promise<void>> {
  const { database, driver, isReady, close } = await openDatabase(configured.place);
  const pace = paceIn(database);
  const metrics = createMetrics(database);
  const jobs = createJobs({
    driver,
    failed(job, error) {
      metrics.jobFailed(job);
      log({ event: 'job-failed', job, error });
    },
  });
  const { app, accounts, alarms, connections, following, journeys, partnerGrants, purges } = createApp({
    ...configured,
    pipedrive: configured.pipedrive && {
      ...configured.pipedrive,
      files: pageFilesIn(configured.pipedrive.folder),
    },
    database,
    wake: jobs.wake,
    send: jobs.send,
    failed: error => log({ event: 'job-failed', job: 'follow', error }),
    alarmed: (account, kind) => log({ event: 'alarm', account, kind }),
    fetch: pacedFetch({
      fetch: request => fetch(request),
      pace,
      egress: configured.egress,
      rates: USUAL_RATES,
      crmAt: hostname => crmAt(hostname) ?? pipedriveAt(hostname),
      budgetGoneFor,
      onEvent(event) {
        metrics.asked(event);
        if (event.outcome !== 'answered') log({ event: 'outgoing', ...event });
      },
    }),
  });
  const working = {
    ...accounts,
    following,
    alarms,
    journeys,
    partnerGrants,
    pace,
    purges,
  };
  await jobs.start(dutiesOf(working, jobs), errandsOf(working));
  const leaving = new AbortController();
  const followed = following.follower.run(leaving.signal);
  if (configured.own) {
    const { grants } = accounts;
    const unused = await adopt({ database, grants, connections }, configured.own);
    if (unused !== null) log({ event: 'key-unused', code: unused });
  }
  const server = createAppServer(app, {
    isReady,
    proxies: configured.proxies,
    log(entry) {
      if (entry.event === 'request') metrics.answered(entry);
      log(entry);
    },
  });
  const port = await listening(server, configured.port);
  const metricsServer = configured.metricsPort === null ? null : serverOf(metrics);
  const metricsPort = metricsServer && (await listening(metricsServer, configured.metricsPort ?? 0));
  log({ event: 'listening', port, metricsPort });

  return async () => {
    log({ event: 'stopping' });
    metricsServer?.close();
    metricsServer?.closeAllConnections();
    leaving.abort();
    const stopped = jobs.stop();
    // Idle connections close now, the others after their answer.
    const closed = new Promise(resolve => server.close(resolve));
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), GRACE_MILLISECONDS).unref();
    await Promise.all([stopped, closed, followed]);
    await close();
  };
}

function listening(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

const serverOf = (metrics: Metrics): Server =>
  createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') return void response.writeHead(404).end();
    metrics.text().then(
      text => response.writeHead(200, { 'Content-Type': metrics.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
