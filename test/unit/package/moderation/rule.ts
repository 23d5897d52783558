/**
 * A rule of the marketplaces' checklists that a program can hold an archive against. Each rule brings a way to break a
 * sound archive, so that every run of the tests sees it fail.
 */
import { strFromU8, strToU8 } from 'fflate';
import type { Marketplace } from '../../../../widget/package/marketplace.ts';

export type Archive = {
  readonly marketplace: Marketplace;
  /** Path → bytes. */
  readonly files: ReadonlyMap<string, Uint8Array>;
};

export type Rule = {
  readonly name: string;
  /** What a moderator would write; empty when there is nothing to say. */
  readonly breaches: (archive: Archive) => readonly string[];
  readonly broken: (archive: Archive) => Archive;
};

export const textOf = ({ files }: Archive, path: string): string =>
  strFromU8(files.get(path) ?? new Uint8Array());

export const withFile = (archive: Archive, path: string, content: string | Uint8Array): Archive => ({
  ...archive,
  files: new Map(archive.files).set(path, typeof content === 'string' ? strToU8(content) : content),
});

export function withoutFile(archive: Archive, path: string): Archive {
  const files = new Map(archive.files);
  files.delete(path);
  return { ...archive, files };
}

/** The archive with one value of a JSON file replaced: `['widget', 'name']` says which. `undefined` takes it out. */
export function withValue(archive: Archive, path: string, keys: readonly string[], value: unknown): Archive {
  const replaced = (content: unknown, [key, ...rest]: readonly string[]): unknown =>
    key === undefined
      ? value
      : { ...Object(content), [key]: replaced(Reflect.get(Object(content), key), rest) };
  return withFile(archive, path, JSON.stringify(replaced(JSON.parse(textOf(archive, path)), keys)));
}

export const withCode = (archive: Archive, code: string): Archive =>
  withFile(archive, 'script.js', textOf(archive, 'script.js').replace(/\}\);\s*$/, `${code}\n});\n`));

/** Paths of our own scripts. Libraries travel in files named vendor-*. */
export const ownScripts = ({ files }: Archive): readonly string[] =>
  [...files.keys()].filter(path => path.endsWith('.js') && !path.startsWith('vendor-'));

export const allScripts = ({ files }: Archive): readonly string[] =>
  [...files.keys()].filter(path => path.endsWith('.js'));
