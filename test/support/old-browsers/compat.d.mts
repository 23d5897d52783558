import type { CompatData, CompatStatement } from '@mdn/browser-compat-data';

export const compat: CompatData;
export const OLDEST: ReadonlyMap<string, string>;
export function lackedBy(feature: CompatStatement): readonly string[];
export function sentence(browsers: readonly string[], feature: string): string;
