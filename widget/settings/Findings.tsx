/** What a refresh found and put right, step by step; a step that was not done says nothing here. */
import type { VNode } from 'preact';
import type { PeopleChanges } from '../domain/people-changes.ts';
import { useWords, type Words } from '../words.tsx';
import type { OwnersResult } from './owner-changes.ts';
import type { Steps, StepState } from './refresh-model.ts';
import type { PeopleSent } from './refresh.ts';

const MOST_NAMES = 5;
/** From here on the limit of people is worth a word. */
const NEARLY_FULL = 0.8;

export function Findings({ steps, mostPeople }: { steps: Steps; mostPeople: number }): VNode | null {
  const t = useWords();
  const employees = resultOf(steps.employees);
  const pipelines = resultOf(steps.pipelines);
  const people = resultOf(steps.people);
  const owners = resultOf(steps.owners);
  const sentences = [
    ...(employees ? aboutEmployees(t, employees.changes) : []),
    ...(pipelines === null ? [] : [t('refresh.pipelines', { number: pipelines })]),
    ...(people ? aboutPeople(t, people, mostPeople) : []),
    ...(owners ? aboutOwners(t, owners, steps.owners.kind === 'done') : []),
  ];
  if (sentences.length === 0) return null;
  return (
    <ul class="findings" aria-label={t('refresh.findings')}>
      {sentences.map(sentence => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

function resultOf<T>(is: StepState<T>): T | null {
  if (is.kind === 'done') return is.result;
  return is.kind === 'failed' || is.kind === 'cancelled' ? is.partly : null;
}

function aboutEmployees(t: Words, changes: PeopleChanges): readonly string[] {
  const groups = {
    appeared: changes.appeared.map(({ name }) => name),
    gone: changes.gone.map(({ name }) => name),
    deactivated: changes.deactivatedWithRole.map(({ name }) => name),
    renamed: changes.renamed.map(({ from, to }) => t('refresh.became', { from, to })),
    moved: changes.moved.map(({ name, group }) => t('refresh.became', { from: name, to: group })),
  } as const;
  const kinds = ['appeared', 'gone', 'deactivated', 'renamed', 'moved'] as const;
  const said = kinds.flatMap(kind =>
    groups[kind].length > 0 ? [t(`refresh.people.${kind}`, { names: shortList(t, groups[kind]) })] : [],
  );
  return said.length > 0 ? said : [t('refresh.people.same')];
}

function shortList(t: Words, all: readonly string[]): string {
  const names = all.slice(0, MOST_NAMES).join(', ');
  return all.length > MOST_NAMES ? t('refresh.more', { names, number: all.length - MOST_NAMES }) : names;
}

function aboutPeople(t: Words, { sent, knownThere }: PeopleSent, most: number): readonly string[] {
  return [
    t('refresh.sent', { number: sent }),
    ...(knownThere !== null && knownThere > most * NEARLY_FULL
      ? [t('refresh.nearlyFull', { known: knownThere, most })]
      : []),
  ];
}

function aboutOwners(t: Words, owners: OwnersResult, isDone: boolean): readonly string[] {
  const { corrected, freed, deals, complete, followed } = owners;
  return [
    ...(corrected > 0 ? [t('refresh.owners.corrected', { number: corrected })] : []),
    ...(freed > 0 ? [t('refresh.owners.freed', { number: freed })] : []),
    ...(deals > 0 ? [t('refresh.owners.deals', { number: deals })] : []),
    ...(isDone && corrected + freed + deals + followed.waiting.length === 0
      ? [t('refresh.owners.same')]
      : []),
    ...(followed.waiting.length > 0
      ? [t('refresh.owners.waiting', { number: followed.waiting.length })]
      : []),
    ...(complete ? [] : [t('refresh.owners.incomplete')]),
  ];
}
