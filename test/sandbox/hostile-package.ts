/**
 * A second widget on the page, as carelessly written as some are: see hostile/script.js. It shows whether our widget
 * works next to one.
 */
import type { Language } from '../world/people.ts';
import type { PageFiles } from './page-files.ts';

export const HOSTILE_CODE = 'loud_neighbour';

const PATH = `/upl/${HOSTILE_CODE}/widget`;
/** Its entry in the CRM's list. Always installed and active. */
export function hostileEntry(language: Language): Record<string, unknown> {
  return {
    id: 6660,
    active: 'Y',
    category_id: '2',
    init_once: 'N',
    installed_version: '6.6.6',
    name: '',
    description: '',
    src: `${PATH}/script.js`,
    lang: `${PATH}/i18n/${language}.json`,
    path: PATH,
    images_path: `${PATH}/images`,
    settings: '[]',
    status: 'installed',
    oauth_client_uuid: null,
    support: { link: '', email: '' },
  };
}

/** One of its files by its path in the package; all pictures are the same. */
export const hostileFile = (pages: PageFiles, path: string): ReturnType<PageFiles['file']> =>
  pages.file(`hostile/${path.startsWith('images/') ? 'images/logo.svg' : path}`);
