/** An answer of the gateway or of the chat service, short enough to compare. */
import * as v from 'valibot';

export type Outcome = readonly [status: number, error: string | undefined];

const refusal = v.pipe(v.string(), v.parseJson(), v.object({ error: v.string() }));

/** Status and error code; no code for an answer that is not a refusal. */
export async function outcomeOf(answer: Response): Promise<Outcome> {
  const { success, output } = v.safeParse(refusal, await answer.text());
  return [answer.status, success ? output.error : undefined];
}
