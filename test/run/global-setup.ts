/** Before any test: finds a browser, and builds the package as a marketplace would get it. */
import type { TestProject } from 'vitest/node';
import { packWidget, writePackages } from '../../widget/package/package.ts';
import { packPages, writePages } from '../../widget/package/pages.ts';
import { ANY_SERVER } from '../sandbox/installed-package.ts';
import { findBrowser } from './browser.ts';
import { databaseCopy } from './database-copy.ts';
import type { Engine } from './launch.ts';
import { startPostgres } from './postgres.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Path of the browser for the tests. */
    browser: string;
    /** The browser's engine. */
    engine: Engine;
    /** Folder of the package built for amoCRM, including widget.zip. */
    packageFolder: string;
    /** The same for Kommo. */
    kommoFolder: string;
    /** Folder of the pages built for Pipedrive. */
    pagesFolder: string;
    /** Address of a PostgreSQL; empty if this machine has none. */
    postgres: string;
    /** File of an embedded database that tests may copy. */
    databaseCopy: string;
  }
}

export async function setup(project: TestProject): Promise<() => void> {
  const { root } = project.config;
  await writePackages(await packWidget({ root, chatUrl: ANY_SERVER }), `${root}/dist`);
  await writePages(await packPages(root), `${root}/dist/pipedrive`);
  const firefox = process.env['FIREFOX_PATH'];
  project.provide('engine', firefox ? 'firefox' : 'chromium');
  project.provide('browser', firefox || findBrowser());
  project.provide('packageFolder', `${root}/dist/amocrm`);
  project.provide('kommoFolder', `${root}/dist/kommo`);
  project.provide('pagesFolder', `${root}/dist/pipedrive`);
  project.provide('databaseCopy', await databaseCopy(root));
  const cluster = startPostgres();
  if (!cluster)
    process.stdout.write('No PostgreSQL was found, so tests that need several instances are skipped.\n');
  project.provide('postgres', cluster?.url ?? '');
  return () => cluster?.stop();
}
