/** The employees of the emulated account: always the admin, two sellers, a head of sales and the stand-in owner. */
import type { CrmPipeline, CrmUser } from './crm.ts';
import type { Language } from './lands.ts';
import { names } from './names.ts';

export type { Language } from './lands.ts';

/** Ids that stories rely on. */
export const ADMIN = 8001;
export const SELLER_A = 8002;
export const SELLER_B = 8003;
export const HEAD_OF_SALES = 8004;
/** Stands for "no owner yet": the CRM assigns every first-time client to this user. */
export const NOBODY = 8005;

/** The default number of employees, enough for some of every kind of name. */
export const OFFICE = 15;

const NAMED: Record<Language, readonly string[]> = {
  ru: ['Ольга Крылова', 'Артём Алексеев', 'Борис Белов', 'Вера Волкова', 'Ничьи клиенты'],
  en: ['Olivia Cole', 'Adam Archer', 'Brian Bell', 'Vera Wood', 'Unassigned clients'],
};
export const GROUPS: Record<Language, ReadonlyMap<number, string>> = {
  ru: new Map([
    [0, 'Отдел продаж'],
    [493_002, 'Поддержка'],
  ]),
  en: new Map([
    [0, 'Sales'],
    [493_002, 'Support'],
  ]),
};

export const PIPELINES: Record<Language, readonly CrmPipeline[]> = {
  ru: [pipeline('Воронка', 'Первичный контакт', 'Успешно реализовано', 'Закрыто и не реализовано')],
  en: [pipeline('Pipeline', 'Initial contact', 'Won', 'Lost')],
};

function pipeline(name: string, first: string, won: string, lost: string): CrmPipeline {
  return {
    id: 3_177_727,
    name,
    statuses: [
      { id: 32_392_156, name: first },
      { id: 142, name: won },
      { id: 143, name: lost },
    ],
  };
}

/**
 * The first five are named above. The rest are generated: every eleventh is deactivated, every second is in another
 * group.
 */
export function employees(size: number, language: Language): CrmUser[] {
  const [named, everybody] = [NAMED[language], Math.max(size, NAMED[language].length)];
  return [...named, ...names(everybody - named.length, language)].map((name, at) => {
    const made = at - named.length;
    return {
      id: ADMIN + at,
      name,
      email: `employee-${ADMIN + at}@example.com`,
      isAdmin: ADMIN + at === ADMIN,
      isFree: false,
      isActive: made < 0 || made % 11 !== 10,
      groupId: made >= 0 && made % 2 === 1 ? 493_002 : 0,
      contacts: { view: 'A', edit: 'A' },
    };
  });
}
