import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderHeld, holdFolder } from '../../../../server/store/folder.ts';

let place: string;
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'folder-'));
});
afterEach(() => rm(place, { recursive: true }));

describe('a database folder', () => {
  it('is locked by a file beside it, with or without a slash, and released', async () => {
    const release = await holdFolder(`${place}/data/`);
    expect((await readdir(place)).toSorted()).toEqual(['data', `data.lock.${process.pid}`]);
    expect(await readdir(`${place}/data`)).toEqual([]);
    await release();
    expect(await readdir(place)).toEqual(['data']);
  });

  it('is not taken from a living process', async () => {
    await writeFile(`${place}/data.lock.${process.ppid}`, '');
    await expect(holdFolder(`${place}/data`)).rejects.toThrow(FolderHeld);
    expect((await readdir(place)).toSorted()).toEqual(['data', `data.lock.${process.ppid}`]);
  });

  it.each(['', '999999999', String(process.pid)])(
    'is taken over when its lock names the process %j',
    async holder => {
      await writeFile(`${place}/data.lock.${holder}`, '');
      const release = await holdFolder(`${place}/data`);
      await release();
      expect(await readdir(place)).toEqual(['data']);
    },
  );
});
