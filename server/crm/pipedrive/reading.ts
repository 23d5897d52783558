/** Reads records and lists of one account from the envelope that all of Pipedrive's answers have. */
import * as v from 'valibot';
import type { CrmAnswer, CrmApi, Question } from '../api.ts';
import { CrmUnanswered, unanswered } from '../unanswered.ts';
import { user } from './person.ts';

export type Reading = {
  /**
   * Null for a record that does not exist, or that the employee in `as` may not see. Throws if the account's own grant may
   * not see it, because that says nothing about the record. The CRM may answer 404 for a hidden record, so 404 counts only
   * for an administrator's grant.
   */
  readonly one: <S extends v.GenericSchema>(
    question: Question | string,
    item: S,
  ) => Promise<v.InferOutput<S> | null>;
  /** A whole list of the newer API, read page by page. Throws if it is incomplete. */
  readonly all: <S extends v.GenericSchema>(
    list: string,
    filter: Readonly<Record<string, string>>,
    item: S,
  ) => AsyncGenerator<readonly v.InferOutput<S>[]>;
};

/** The largest page. Each page costs the same. */
const PAGE = 500;
const MOST_PAGES = 2000;

const cursor = v.nullish(v.object({ next_cursor: v.nullish(v.string()) }));

const isAsOne = (question: Question | string): boolean =>
  typeof question === 'object' && question.as !== undefined;

export function readingOf(crm: CrmApi, accountId: string, leaving: AbortSignal): Reading {
  /** The person whose grant is used may have lost their administrator's rights, which the server may not know yet. */
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

/** Reads an answer. Throws `CrmUnanswered` if there is none, or if it has another format. */
export function readFrom<S extends v.GenericSchema>(answer: CrmAnswer, schema: S): v.InferOutput<S> {
  if (answer.kind !== 'answered') throw unanswered(answer);
  const { success, output } = v.safeParse(schema, answer.json);
  if (!success) throw unanswered();
  return output;
}
