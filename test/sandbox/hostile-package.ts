/**
 * A second widget on the page, written as carelessly as some are: see hostile/script.js. It shows whether
 * ours survives next to one.
 */
import type { Language } from '../world/people.ts';
import type { PageFiles } from './page-files.ts';

export const HOSTILE_CODE = 'loud_neighbour';

const PATH = `/upl/${HOSTILE_CODE}/widget`;
/** Its entry in the CRM's list. It is always installed and active. */
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

/** One of its files, by the path inside the package; every picture is the same one. */
export const hostileFile = (pages: PageFiles, path: string): ReturnType<PageFiles['file']> =>
  pages.file(`hostile/${path.startsWith('images/') ? 'images/logo.svg' : path}`);
