/** Deals of my own client, moved one by one by a CRM that may refuse any of them. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { moveOwn } from '../../../../../widget/seller/card/model/move-own.ts';
import { readable } from '../../../../../widget/seller/card/model/reading.ts';
import { passedAs, type Passed } from '../../../../support/pipedrive-pass.ts';
import { NOBODY, SELLER_A } from '../../../../world/people.ts';

const me = String(SELLER_A);

let crm: Passed;
beforeEach(async () => {
  crm = await passedAs(SELLER_A);
});
afterEach(() => crm.close());

it('that are refused part-way are all told to the chat service, and the refusal stands', async () => {
  const { company, records } = crm;
  const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_A });
  const [doors, windows] = ['Doors', 'Windows'].map(title =>
    company.addDeal({ title, personId: id, ownerId: NOBODY }),
  );
  const ids = [String(doors?.id), String(windows?.id)];
  const gone = new AbortController().signal;
  const contact = readable(() => records.contact(String(id)), gone);
  const read = await contact.read();
  const deals = readable(async () => (read ? records.dealsOf(read) : []), gone);
  const told: unknown[] = [];
  const moving = moveOwn(
    {
      services: {
        records: {
          ...records,
          async setDealOwners(...asked) {
            // A colleague hides the second one, just before it is written.
            if (windows) windows.visibleTo = 1;
            return records.setDealOwners(...asked);
          },
        },
        chat: {
          async changed(...about) {
            told.push(about);
            return { kind: 'known', notNumbers: [] };
          },
        },
      },
      me,
      sources: { contact, deals, chat: readable(async () => null, gone) },
    },
    ids.map(dealId => ({ id: dealId, fromId: String(NOBODY) })),
  );
  await expect(moving).rejects.toMatchObject({ code: 'forbidden', service: 'crm' });
  expect(told).toEqual([[String(id), ids]]);
  // What did change hands is shown at once.
  expect(deals.value()?.map(one => [one.id, one.ownerId])).toEqual([[ids[0], me]]);
});
