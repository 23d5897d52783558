/** The task types that every account has. */
import type { Language } from './lands.ts';

export type TaskType = { readonly id: number; readonly name: string; readonly code: string };

const types = (...names: readonly string[]): TaskType[] =>
  names.map((name, at) => ({ id: at + 1, name, code: `TYPE_${at + 1}` }));

export const TASK_TYPES: Readonly<Record<Language, readonly TaskType[]>> = {
  ru: types('Связаться', 'Встреча'),
  en: types('Follow-up', 'Meeting'),
};
