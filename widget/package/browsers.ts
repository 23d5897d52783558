import { browserslist } from '../../package.json';

/** The oldest browsers that are supported, as the bundler wants to be told: `safari16.4`. It writes no newer syntax. */
export const BROWSERS: string[] = browserslist.map(one => one.replace(' ', ''));
