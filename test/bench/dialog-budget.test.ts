/**
 * The budget of the roles dialog in a large account: main-thread time of script, style and layout, without the wait for a
 * frame. `npm run bench` measures the rest and compares it with a plain implementation.
 */
import { readFile } from 'node:fs/promises';
import { chromium, type Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { measuredDialog, type Costs } from './dialog-costs.ts';
import { OUR_DIALOG } from './dialog-ways.ts';
import { inOffice } from './office.ts';
import { OURS } from './ways.ts';
import { BROWSER_FLAGS } from '../run/browser.ts';

const FRAME_MS = 1000 / 60;

let browser: Browser;
let zip: Uint8Array;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: inject('browser'), args: [...BROWSER_FLAGS] });
  zip = await readFile(`${inject('packageFolder')}/widget.zip`);
});
afterAll(() => browser.close());

const costsAt = (size: number): Promise<Costs> =>
  inOffice(browser, { zip }, async office => {
    const { page, probe } = await office.open('office', '');
    office.hire(size);
    await OURS.openPanel(page);
    await OURS.openDialog(page);
    await OURS.everybody(page);
    const { opening, keyStroke } = await measuredDialog(page, probe, OUR_DIALOG);
    return { open: await opening(), 'key stroke': await keyStroke() };
  });

describe('the roles dialog on ten thousand people', () => {
  it('opens in at most 1.5 times the time for a hundred, and handles a key stroke within a frame', async () => {
    const { open: few = Number.NaN } = await costsAt(100);
    const { open: many = Number.NaN, 'key stroke': keyStroke } = await costsAt(10_000);
    expect(many / few).toBeLessThanOrEqual(1.5);
    expect(keyStroke).toBeLessThanOrEqual(FRAME_MS);
  }, 180_000);
});
