/** One picture of the gallery: a view, and the actions that bring it into a state as a person would. */
import { ADMIN } from '../../world/people.ts';
import type { PageStage } from './stage.ts';

export type View = 'panel' | 'dialog' | 'card';

export type Entry = {
  readonly view: View;
  /** Id of the employee who looks at the view. The admin by default. */
  readonly person?: number;
  /** The number of employees in the account. */
  readonly size?: number;
  readonly draw: (stage: PageStage) => unknown;
};

export const entry =
  (view: View, rest: Omit<Entry, 'view' | 'draw'> = {}) =>
  (draw: Entry['draw']): Entry => ({ view, person: ADMIN, ...rest, draw });

/** Gives employees and channels names that are longer than layouts expect. */
export function lengthen({ world }: PageStage): void {
  const surnames = [
    'Константинопольский-Вознесенский',
    'Ó Súilleabháin-MacGillycuddy',
    'Преображенская-Рождественская',
  ];
  [...world.crm.users.values()].forEach((user, at) => {
    user.name = `${user.name.split(' ')[0]} ${surnames[at % surnames.length]} ${user.name.split(' ')[1]}`;
  });
  world.chat.channels.forEach((channel, at) => {
    world.chat.channels[at] = {
      ...channel,
      name: `${channel.name}: оптовые и розничные заявки со всех сайтов`,
    };
  });
}
