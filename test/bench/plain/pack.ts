/** Packs the plain widget as it would be uploaded: one script, minified, with our manifest and our words. */
import { join } from 'node:path';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { build } from 'vite';
import { chunksOf } from '../../../widget/package/output.ts';

export async function packPlain(root: string, ours: Uint8Array): Promise<Uint8Array> {
  const built = await build({
    configFile: false,
    root,
    logLevel: 'warn',
    mode: 'production',
    define: { 'process.env.NODE_ENV': '"production"' },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
    build: {
      write: false,
      target: 'es2022',
      rolldownOptions: { output: { minify: true } },
      lib: {
        entry: join(root, 'test/bench/plain/widget.tsx'),
        formats: ['iife'],
        name: 'plain',
        fileName: () => 'script.js',
      },
    },
  });
  const script = `define([], function () {\n${chunksOf(built)[0]?.code}\nreturn plain.PlainWidget;\n});\n`;
  const kept = Object.entries(unzipSync(ours)).filter(([name]) => !name.endsWith('.js'));
  return zipSync({ ...Object.fromEntries(kept), 'script.js': strToU8(script) });
}
