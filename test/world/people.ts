/** Who works in the emulated account: always the admin, two sellers, a head of sales and the stand-in owner. */
import type { CrmPipeline, CrmUser } from './crm.ts';

export type Language = 'ru' | 'en';

/** Ids that stories rely on. */
export const ADMIN = 8001;
export const SELLER_A = 8002;
export const SELLER_B = 8003;
export const HEAD_OF_SALES = 8004;
/** Means "nobody yet": the CRM gives him every client who writes for the first time. */
export const NOBODY = 8005;

const NAMED: Record<Language, readonly string[]> = {
  ru: ['Ольга Крылова', 'Артём Алексеев', 'Борис Белов', 'Вера Волкова', 'Ничьи клиенты'],
  en: ['Olivia Cole', 'Adam Archer', 'Brian Bell', 'Vera Wood', 'Unassigned clients'],
};
const FIRST: Record<Language, readonly string[]> = {
  ru: ['Галина', 'Денис', 'Елена', 'Жанна', 'Захар', 'Инна', 'Кирилл', 'Лариса', 'Максим', 'Нина', 'Семён'],
  en: ['Grace', 'Dennis', 'Ellen', 'Joan', 'Zachary', 'Irene', 'Kevin', 'Laura', 'Max', 'Nina', 'Simon'],
};
const LAST: Record<Language, readonly string[]> = {
  ru: ['Гусевы', 'Зуевы', 'Котовы', 'Лапины', 'Моховы'].map(family => family.slice(0, -1)),
  en: ['Green', 'Hill', 'Stone', 'Lake', 'Moss'],
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

/** The first five are named above; the rest are made, every eleventh of them deactivated. */
export function employees(size: number, language: Language): CrmUser[] {
  return Array.from({ length: Math.max(size, 5) }, (_, at) => {
    const made = at - 5;
    const first = FIRST[language];
    const last = LAST[language];
    return {
      id: ADMIN + at,
      name:
        NAMED[language][at] ??
        `${first[made % first.length]} ${last[Math.floor(made / first.length) % last.length]}`,
      email: `employee-${ADMIN + at}@example.com`,
      isAdmin: ADMIN + at === ADMIN,
      isFree: false,
      isActive: made < 0 || made % 11 !== 10,
      groupId: made >= 0 && made % 2 === 1 ? 493_002 : 0,
      contacts: { view: 'A', edit: 'A' },
    };
  });
}
