/**
 * The pictures that reviewers have accepted. A new picture may differ slightly from its baseline, because smoothed
 * fonts and compression vary a little from run to run. Another browser or other fonts change every picture, so pictures
 * are compared only in the environment that drew the baselines.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';

const FOLDER = fileURLToPath(new URL('baselines', import.meta.url));
const DRAWN_WITH = join(FOLDER, 'drawn-with.json');
/** As a share of all pixels. */
export const MOST_DIFFERENT = 0.002;

export const isUpdate = (): boolean => process.env['GALLERY'] === 'update';

/** Identifies what decides how letters look: the browser and the fonts it finds. */
export async function environmentOf(page: Page, version: string): Promise<string> {
  const drawn = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    const pen = canvas.getContext('2d');
    if (!pen) return '';
    pen.font = "13px 'PT Sans', Arial, sans-serif";
    pen.fillText('Съешь ещё этих мягких булок, Ünïcödé ğışçö ✓', 0, 20);
    return canvas.toDataURL();
  });
  return `${process.platform} ${version} ${createHash('sha256').update(drawn).digest('hex').slice(0, 16)}`;
}

export function baselineEnvironment(): string {
  const { environment }: { environment: string } = JSON.parse(readFileSync(DRAWN_WITH, 'utf8'));
  return environment;
}
export function keepEnvironment(environment: string): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(DRAWN_WITH, `${JSON.stringify({ environment }, null, 2)}\n`);
}

export const baselineNames = (): readonly string[] =>
  readdirSync(FOLDER).filter(name => name.endsWith('.webp'));
export const keepBaseline = (name: string, picture: Uint8Array): void =>
  writeFileSync(join(FOLDER, name), picture);

/**
 * Returns the share of pixels that differ: 1 if the sizes differ or there is no baseline. A picture that differs too
 * much is saved in `dist/gallery/` for a developer to review.
 */
export async function differenceFrom(name: string, picture: Uint8Array, page: Page): Promise<number> {
  if (!baselineNames().includes(name)) return 1;
  const baseline = readFileSync(join(FOLDER, name));
  if (baseline.equals(picture)) return 0;
  const different = await page.evaluate(shareOfDifferent, [
    baseline.toString('base64'),
    Buffer.from(picture).toString('base64'),
  ]);
  if (different > MOST_DIFFERENT) {
    const folder = fileURLToPath(new URL('../../dist/gallery', import.meta.url));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), picture);
  }
  return different;
}

/** Runs in the browser, which can decode pictures. */
async function shareOfDifferent(pictures: readonly string[]): Promise<number> {
  /** The largest difference in one colour channel, of 255, that compression may cause. */
  const UNSEEN = 48;
  const unpacked = await Promise.all(
    pictures.map(async packed => {
      const image = new Image();
      image.src = `data:image/webp;base64,${packed}`;
      await image.decode();
      const pen = new OffscreenCanvas(image.width, image.height).getContext('2d');
      pen?.drawImage(image, 0, 0);
      return pen?.getImageData(0, 0, image.width, image.height);
    }),
  );
  const [before, now] = unpacked;
  if (!before || !now || before.width !== now.width || before.height !== now.height) return 1;
  let different = 0;
  for (let at = 0; at < now.data.length; at += 4) {
    const isSeen = [0, 1, 2].some(
      colour => Math.abs((now.data[at + colour] ?? 0) - (before.data[at + colour] ?? 0)) > UNSEEN,
    );
    if (isSeen) different += 1;
  }
  return different / (now.data.length / 4);
}
