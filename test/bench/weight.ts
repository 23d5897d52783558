/** The weight of files, and of the libraries alone, which is the lowest possible weight of a widget with these libraries. */
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { buildVendor, type ImportedNames } from '../../widget/package/vendor.ts';

export type Weight = { readonly raw: number; readonly gzip: number; readonly brotli: number };

/** Each file on its own, as it is sent. */
export const weightOf = (contents: readonly (Uint8Array | string)[]): Weight =>
  contents
    .map(content => ({
      raw: Buffer.byteLength(content),
      gzip: gzipSync(content, { level: 9 }).length,
      brotli: brotliCompressSync(content).length,
    }))
    .reduce(
      (sum, one) => ({ raw: sum.raw + one.raw, gzip: sum.gzip + one.gzip, brotli: sum.brotli + one.brotli }),
      { raw: 0, gzip: 0, brotli: 0 },
    );

/** The libraries alone, each with the least that is needed to use it. */
const LEAST: ImportedNames = new Map([
  ['preact', new Set(['render', 'h'])],
  ['preact/hooks', new Set(['useState'])],
  ['@preact/signals', new Set(['signal', 'computed'])],
  ['i18next', new Set(['createInstance'])],
  ['axios', new Set(['create'])],
]);

/** `card`: drawing and words for a first face. `everything`: with requests to servers, too. */
export async function libraryFloor(): Promise<{ readonly card: Weight; readonly everything: Weight }> {
  const least = [...(await buildVendor(LEAST, 'whole')).files];
  const of = (...names: string[]): Weight =>
    weightOf(
      least
        .filter(([file]) => names.some(name => file.startsWith(`vendor-${name}-`)))
        .map(([, code]) => code),
    );
  return { card: of('ui', 'i18next'), everything: of('ui', 'i18next', 'http') };
}
