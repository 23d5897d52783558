/** The JSON of an answer, parsed with the schema that a test relies on. */
import * as v from 'valibot';

export const told = async <S extends v.GenericSchema>(
  answer: Response,
  schema: S,
): Promise<v.InferOutput<S>> => v.parse(schema, await answer.json());

export const tokenAnswer = v.object({ token: v.string() });
export const windowAnswer = v.object({ url: v.pipe(v.string(), v.url()) });
