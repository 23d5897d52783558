/**
 * The client of a deal's panel, and the choice of another person. The list of people loads on demand (people-read.tsx).
 */
import { DealPeople } from '../framed/DealPeople.tsx';
import face from '../framed/face.css?inline';
import { createPeopleOfDeal, type PeopleOfDeal } from '../framed/people-of-deal.ts';
import type { Slot } from '../host/host.ts';
import kit from '../ui/kit.css?inline';
import type { Mounting } from './mounting.ts';
import { show } from './show.tsx';

export function openDealPeople({
  mounting,
  slot,
  dealId,
  hasOthers,
  onChoose,
}: {
  readonly mounting: Mounting;
  readonly slot: Slot;
  readonly dealId: string;
  /** The deal may have people besides its main person. */
  readonly hasOthers: boolean;
  readonly onChoose: (contactId: string) => void;
}): Pick<PeopleOfDeal, 'show'> {
  const people = createPeopleOfDeal({
    hasOthers,
    async read() {
      const { css, peopleOn } = await import('./people-read.tsx');
      const choice = await peopleOn(mounting, dealId);
      adopt(css);
      return choice;
    },
    onChoose,
  });
  const { page } = mounting.kit;
  const { adopt } = show(page, mounting.dictionary.words, slot, [kit, face], <DealPeople people={people} />);
  return people;
}
