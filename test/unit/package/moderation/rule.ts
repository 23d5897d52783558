/**
 * A rule of the marketplaces' checklists that a program can hold an archive against. Each rule brings a way to break a
 * sound archive, so that every run of the tests sees it fail.
 */
import { strFromU8, strToU8 } from 'fflate';
import type { Marketplace } from '../../../../widget/package/marketplace.ts';
import { actsIn, type Acts } from './acts.ts';

export type Archive = {
  readonly marketplace: Marketplace;
  /** Path → bytes. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** What one of its scripts does. */
  readonly acts: (path: string) => Acts;
};

/** A copy of another archive reads only the scripts that are not the same bytes. */
export function archiveOf(
  marketplace: Marketplace,
  files: ReadonlyMap<string, Uint8Array>,
  before?: Archive,
): Archive {
  const read = new Map<string, Acts>();
  return {
    marketplace,
    files,
    acts(path) {
      const bytes = files.get(path) ?? new Uint8Array();
      const acts =
        read.get(path) ?? (before?.files.get(path) === bytes ? before.acts(path) : actsIn(strFromU8(bytes)));
      read.set(path, acts);
      return acts;
    },
  };
}

export type Rule = {
  readonly name: string;
  /** What a moderator would write; empty when there is nothing to say. */
  readonly breaches: (archive: Archive) => readonly string[];
  readonly broken: (archive: Archive) => Archive;
};

export const textOf = ({ files }: Archive, path: string): string =>
  strFromU8(files.get(path) ?? new Uint8Array());

const changed = (archive: Archive, files: ReadonlyMap<string, Uint8Array>): Archive =>
  archiveOf(archive.marketplace, files, archive);

export const withFile = (archive: Archive, path: string, content: string | Uint8Array): Archive =>
  changed(
    archive,
    new Map(archive.files).set(path, typeof content === 'string' ? strToU8(content) : content),
  );

export function withoutFile(archive: Archive, path: string): Archive {
  const files = new Map(archive.files);
  files.delete(path);
  return changed(archive, files);
}

/** The archive with one value of a JSON file replaced: `['widget', 'name']` says which. `undefined` takes it out. */
export function withValue(archive: Archive, path: string, keys: readonly string[], value: unknown): Archive {
  const replaced = (content: unknown, [key, ...rest]: readonly string[]): unknown =>
    key === undefined
      ? value
      : { ...Object(content), [key]: replaced(Reflect.get(Object(content), key), rest) };
  return withFile(archive, path, JSON.stringify(replaced(JSON.parse(textOf(archive, path)), keys)));
}

/** The archive with a line of code at the beginning of script.js. */
/** The archive with a line of code at the beginning of script.js. */
export const withCode = (archive: Archive, code: string): Archive =>
  withFile(archive, 'script.js', textOf(archive, 'script.js').replace('{\n', `{\n${code}\n`));

/** Paths of our own scripts. Libraries travel in files named vendor-*. */
export const ownScripts = ({ files }: Archive): readonly string[] =>
  [...files.keys()].filter(path => path.endsWith('.js') && !path.startsWith('vendor-'));

export const allScripts = ({ files }: Archive): readonly string[] =>
  [...files.keys()].filter(path => path.endsWith('.js'));
