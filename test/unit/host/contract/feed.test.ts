/** Notes and tasks, as host.ts promises them for every CRM. */
import { describe, expect, it } from 'vitest';
import { SELLER_A, SELLER_B } from '../../../world/people.ts';
import { everyHost } from './every-host.ts';

const [A, B] = [String(SELLER_A), String(SELLER_B)];
const TEXT = expect.stringMatching(/^[1-9]\d*$/);

everyHost('the feed', at => {
  const theirs = (name = 'Anna'): string => at.crm.openContact({ name, ownerId: SELLER_B });

  describe('notes', () => {
    it('are read newest first, as text, with their authors', async () => {
      const id = theirs();
      at.crm.addNote(SELLER_A, id, 'The first');
      at.crm.pass(1);
      at.crm.addNote(SELLER_B, id, 'The second');
      expect(await at.crm.records.notes(id)).toEqual([
        { text: 'The second', byId: B },
        { text: 'The first', byId: A },
      ]);
      expect(await at.crm.records.notes(theirs())).toEqual([]);
    });
  });

  describe('tasks', () => {
    const dueAt = 1_800_000_000;
    const addTask = (contactId: string, text: string): Promise<void> =>
      at.crm.records.addTask({ contactId, forId: B, text, dueAt });

    it('have an author, an assignee, a text and a due time', async () => {
      const id = theirs();
      const text = 'Give her to me\nShe <called> me & asked';
      await addTask(id, text);
      expect(await at.crm.records.tasks(id)).toEqual([
        { id: TEXT, contactId: id, forId: B, fromId: A, text },
      ]);
      expect(at.crm.taskDueAt()).toBe(dueAt);
    });

    it('are the open ones of one contact', async () => {
      const [anna, boris] = [theirs(), theirs()];
      await addTask(boris, 'Another’s');
      await addTask(anna, 'Done');
      await addTask(anna, 'To be done');
      const done = (await at.crm.records.tasks(anna)).find(({ text }) => text === 'Done');
      await at.crm.records.completeTask(done?.id ?? '', 'I gave her');
      expect((await at.crm.records.tasks(anna)).map(({ text }) => text)).toEqual(['To be done']);
    });

    it('and their results contain no half characters', async () => {
      const id = theirs();
      await addTask(id, '\uDE00 client');
      const [task] = await at.crm.records.tasks(id);
      expect(task?.text).toBe('\uFFFD client');
      await at.crm.records.completeTask(task?.id ?? '', 'Given \uD83D');
      expect(await at.crm.records.tasks(id)).toEqual([]);
    });
  });
});
