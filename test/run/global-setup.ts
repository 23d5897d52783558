/** Before any test: a browser, and the package as a marketplace would get it. */
import type { TestProject } from 'vitest/node';
import { packWidget, writePackages } from '../../widget/package/package.ts';
import { findBrowser } from './browser.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Path of the browser to test with. */
    browser: string;
    /** Folder of the package built for amoCRM, with widget.zip in it. */
    packageFolder: string;
    /** The same for Kommo. */
    kommoFolder: string;
  }
}

export async function setup(project: TestProject): Promise<void> {
  const { root } = project.config;
  await writePackages(await packWidget({ root, chatUrl: '' }), `${root}/dist`);
  project.provide('browser', findBrowser());
  project.provide('packageFolder', `${root}/dist/amocrm`);
  project.provide('kommoFolder', `${root}/dist/kommo`);
}
