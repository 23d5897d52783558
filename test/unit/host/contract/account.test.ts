/** Employees, pipelines and the proof of identity, as host.ts promises them for every CRM. */
import { describe, expect, it } from 'vitest';
import { ADMIN, SELLER_B } from '../../../world/people.ts';
import { everyHost } from './every-host.ts';

const B = String(SELLER_B);

everyHost('the account', at => {
  describe('the account', () => {
    it('lists all employees, and says who is an administrator and who has left', async () => {
      await at.openAs(ADMIN);
      at.crm.deactivate(SELLER_B);
      const heard: string[] = [];
      const { items, notUnderstood } = await at.crm.records.employees({
        onProgress: ({ more }) => heard.push(...more.map(({ id }) => id)),
      });
      const people = at.crm.people();
      expect(notUnderstood).toBe(0);
      expect(items.map(({ id, name, active, admin }) => ({ id, name, active, admin }))).toEqual(
        people.map(({ id, name }) => ({ id, name, active: id !== B, admin: id === String(ADMIN) })),
      );
      expect(heard).toEqual(people.map(({ id }) => id));
    });

    it('has pipelines, each with its stages in order', async () => {
      expect(await at.crm.records.pipelines()).toEqual({ items: at.crm.pipelines(), notUnderstood: 0 });
    });
  });

  describe('the statement of who I am', () => {
    it('is cached, and replaced after it was refused', async () => {
      const first = await at.crm.records.proof();
      at.crm.pass(1);
      expect(await at.crm.records.proof()).toBe(first);
      const [second, same] = await Promise.all([at.crm.records.proof(first), at.crm.records.proof(first)]);
      expect(second).not.toBe(first);
      expect([same, await at.crm.records.proof(), await at.crm.records.proof(first)]).toEqual([
        second,
        second,
        second,
      ]);
    });
  });
});
