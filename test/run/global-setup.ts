/** Before any test: a browser, and the package as a marketplace would get it. */
import type { TestProject } from 'vitest/node';
import { packWidget, writePackage } from '../../widget/package/package.ts';
import { findBrowser } from './browser.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Path of the browser to test with. */
    browser: string;
    /** Folder of the built package, with widget.zip in it. */
    packageFolder: string;
  }
}

export async function setup(project: TestProject): Promise<void> {
  const { root } = project.config;
  const folder = `${root}/dist/amocrm`;
  await writePackage(await packWidget({ root, chatUrl: '' }), folder);
  project.provide('browser', findBrowser());
  project.provide('packageFolder', folder);
}
