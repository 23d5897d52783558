import { browserslist } from '../../package.json';

/** The oldest supported browsers in the bundler's notation, such as `safari16.4`. It writes no newer syntax. */
export const BROWSERS: string[] = browserslist.map(one => one.replace(' ', ''));
