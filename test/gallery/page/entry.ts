/** One picture of the gallery: a view that got into its state in the same way as for a person. */
import { ADMIN } from '../../world/people.ts';
import type { PageStage } from './stage.ts';

export type View = 'panel' | 'dialog' | 'card';

export type Entry = {
  readonly view: View;
  /** The person who looks at it; the admin by default. */
  readonly person?: number;
  /** Employees of the account. */
  readonly size?: number;
  readonly draw: (stage: PageStage) => unknown;
};

export const entry =
  (view: View, rest: Omit<Entry, 'view' | 'draw'> = {}) =>
  (draw: Entry['draw']): Entry => ({ view, person: ADMIN, ...rest, draw });

/** Gives employees names that are too long for any layout. */
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
