import type { build, Rolldown } from 'vite';

/** The scripts of a build that was not written to disk, with the entry first. */
export function chunksOf(built: Awaited<ReturnType<typeof build>>): readonly Rolldown.OutputChunk[] {
  const [bundle] = [built].flat();
  if (!bundle || !('output' in bundle)) throw new Error('The build wrote no output');
  return bundle.output.filter((file): file is Rolldown.OutputChunk => file.type === 'chunk');
}
