/** A company's pipelines and their stages. Won and lost are a deal's status here, not stages. */
import { PIPELINES, type Language } from '../people.ts';

export type Pipeline = { readonly id: number; name: string; orderNr: number; isDeleted: boolean };
export type Stage = {
  readonly id: number;
  readonly pipelineId: number;
  name: string;
  orderNr: number;
  isDeleted: boolean;
};

const SECOND: Record<Language, string> = { ru: 'Переговоры', en: 'Negotiations' };

export function pipelinesOf(language: Language): {
  readonly pipelines: Pipeline[];
  readonly stages: Stage[];
} {
  const pipelines = PIPELINES[language].map(({ name }, at) => ({
    id: 1 + at,
    name,
    orderNr: 1 + at,
    isDeleted: false,
  }));
  const stages = PIPELINES[language].flatMap(({ statuses }, at) =>
    [statuses[0]?.name ?? '', SECOND[language]].map((name, nth) => ({
      id: 1 + at * 10 + nth,
      pipelineId: 1 + at,
      name,
      orderNr: 1 + nth,
      isDeleted: false,
    })),
  );
  return { pipelines, stages };
}
