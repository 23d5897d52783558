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
  it('is locked beside itself, however it is written, and let go of', async () => {
    const letGo = await holdFolder(`${place}/data/`);
    expect((await readdir(place)).toSorted()).toEqual(['data', `data.lock.${process.pid}`]);
    expect(await readdir(`${place}/data`)).toEqual([]);
    await letGo();
    expect(await readdir(place)).toEqual(['data']);
  });

  it('is not taken from a process that lives', async () => {
    await writeFile(`${place}/data.lock.${process.ppid}`, '');
    await expect(holdFolder(`${place}/data`)).rejects.toThrow(FolderHeld);
    expect((await readdir(place)).toSorted()).toEqual(['data', `data.lock.${process.ppid}`]);
  });

  it.each(['', '999999999', String(process.pid)])('is taken over when its lock names %j', async holder => {
    await writeFile(`${place}/data.lock.${holder}`, '');
    const letGo = await holdFolder(`${place}/data`);
    await letGo();
    expect(await readdir(place)).toEqual(['data']);
  });
});
