import * as v from 'valibot';

const refusedBody = v.object({ error: v.string() });

/** The code of a refusal; null for a success, and for an answer that is not the gateway's own. */
export async function codeOf(answer: Response): Promise<string | null> {
  if (answer.ok) return null;
  const { success, output } = v.safeParse(
    v.pipe(v.string(), v.parseJson(), refusedBody),
    await answer.clone().text(),
  );
  return success ? output.error : null;
}
