/** What the chat service knows about the company itself: its people and pipelines. */
import * as v from 'valibot';
import { isBlank } from '../../../domain/blank.ts';
import { cut } from '../../../domain/cut.ts';
import { askingChat, ChatRefused, type ChatGiven, type ChatKey } from './asking.ts';

export type Named = { readonly id: string; readonly name: string };
export type Pipeline = Named & { readonly stages: readonly Named[] };

export type ChatDirectory = {
  readonly people: () => Promise<readonly Named[]>;
  /** Throws `PeopleLimit` when the service accepts no more people. */
  readonly tellPeople: (people: readonly Named[]) => Promise<void>;
  /** Sends the pipelines unless the service has them already. */
  readonly tellPipelines: (pipelines: readonly Pipeline[]) => Promise<void>;
};

/** The service accepts a thousand people. */
export class PeopleLimit extends Error {
  override name = 'PeopleLimit';
}

const AT_ONCE = 100;
const LONGEST_PERSON = 150;
const LONGEST_PIPELINE = 100;

const people = v.array(v.object({ id: v.string(), name: v.nullish(v.string(), '') }));
const named = v.object({ id: v.string(), name: v.string() });
const pipelines = v.array(v.object({ ...named.entries, stages: v.exactOptional(v.array(named)) }));

const nameOf = ({ id, name }: Named, longest: number): string => (isBlank(name) ? id : cut(name, longest));

/** The person as the service stores them. */
export const personTold = (person: Named): Named => ({
  id: person.id,
  name: nameOf(person, LONGEST_PERSON),
});

/** The service refuses an empty list of stages, so a pipeline without stages has no such field. */
const pipelineTold = ({ stages, ...one }: Pipeline) => ({
  id: one.id,
  name: nameOf(one, LONGEST_PIPELINE),
  ...(stages.length > 0 && {
    stages: stages.map(stage => ({ id: stage.id, name: nameOf(stage, LONGEST_PIPELINE) })),
  }),
});

export function directoryOf(connection: ChatKey, given: ChatGiven): ChatDirectory {
  const { ask, read } = askingChat(connection, given);
  const { api } = given;
  return {
    people: async () => (await read(`${api}/v3/users`, people)) ?? [],
    async tellPeople(people) {
      for (let at = 0; at < people.length; at += AT_ONCE)
        await ask('POST', `${api}/v3/users`, people.slice(at, at + AT_ONCE)).catch(explainLimit);
    },
    async tellPipelines(now) {
      const wanted = now.map(pipelineTold);
      const there = v.safeParse(pipelines, await read(`${api}/v3/pipelines`, v.unknown()));
      if (wanted.length === 0 || (there.success && isSame(there.output, wanted))) return;
      await ask('POST', `${api}/v3/pipelines`, wanted);
    },
  };
}

/** The order of stages matters. The order of fields is the same on both sides, because our own code makes both. */
const isSame = (there: v.InferOutput<typeof pipelines>, wanted: typeof there): boolean =>
  JSON.stringify(there) === JSON.stringify(wanted);

/** The spelling of the service's code differs between its pages. */
function explainLimit(error: unknown): never {
  const isLimit =
    error instanceof ChatRefused && error.word.replaceAll('_', '').toLowerCase() === 'userlimitexceeded';
  throw isLimit ? new PeopleLimit('The chat service accepts no more people', { cause: error }) : error;
}
