/** Reads items and lists of one account, in the envelope that all of Pipedrive's answers have. */
import * as v from 'valibot';
import type { CrmAnswer, CrmApi, Question } from '../api.ts';
import { CrmUnanswered, unanswered } from '../unanswered.ts';
import { user } from './person.ts';

export type Reading = {
  /**
   * Null for what the CRM does not have, or does not show to whoever it is asked as. That the account itself may not see
   * something tells nothing about it, and throws; what is hidden may look missing, so that is believed an administrator alone.
   */
  readonly one: <S extends v.GenericSchema>(
    question: Question | string,
    item: S,
  ) => Promise<v.InferOutput<S> | null>;
  /** All of a list of the newer API, page by page. Throws where it does not come whole. */
  readonly all: <S extends v.GenericSchema>(
    list: string,
    filter: Readonly<Record<string, string>>,
    item: S,
  ) => AsyncGenerator<readonly v.InferOutput<S>[]>;
};

/** The most that the CRM gives, at the price of one page. */
const PAGE = 500;
const MOST_PAGES = 2000;

const cursor = v.nullish(v.object({ next_cursor: v.nullish(v.string()) }));

const isAsOne = (question: Question | string): boolean =>
  typeof question === 'object' && question.as !== undefined;

export function readingOf(crm: CrmApi, accountId: string, leaving: AbortSignal): Reading {
  /** The one whose grant we use may be no administrator any more, and nobody has told us yet. */
  async function seesAll(): Promise<boolean> {
    const me = await crm.ask(accountId, 'v1/users/me', leaving);
    return readFrom(me, v.object({ data: user })).data.isAdmin;
  }
  return {
    async one(question, item) {
      const answer = await crm.ask(accountId, question, leaving);
      if (answer.kind === 'refused') {
        const isTheirs = answer.lacksRights && isAsOne(question);
        if (isTheirs) return null;
        if (answer.status === 404 && (isAsOne(question) || (await seesAll()))) return null;
      }
      return readFrom(answer, v.object({ data: item })).data;
    },
    async *all(list, filter, item) {
      const page = v.object({ data: v.nullish(v.array(item)), additional_data: cursor });
      let after: string | null = null;
      for (let at = 0; at < MOST_PAGES; at += 1) {
        const query = new URLSearchParams({
          ...filter,
          limit: String(PAGE),
          ...(after !== null && { cursor: after }),
        });
        const read: v.InferOutput<typeof page> = readFrom(
          await crm.ask(accountId, `${list}?${query}`, leaving),
          page,
        );
        yield read.data ?? [];
        const next: string | null = read.additional_data?.next_cursor || null;
        if (next === null) return;
        if (next === after) break;
        after = next;
      }
      throw new CrmUnanswered(`The CRM’s list ${list} does not come to an end`, false);
    },
  };
}

/** What an answer holds. Throws `CrmUnanswered` where it holds something else, or nothing. */
export function readFrom<S extends v.GenericSchema>(answer: CrmAnswer, schema: S): v.InferOutput<S> {
  if (answer.kind !== 'answered') throw unanswered(answer);
  const { success, output } = v.safeParse(schema, answer.json);
  if (!success) throw unanswered();
  return output;
}
