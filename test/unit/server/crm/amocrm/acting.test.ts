import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { actingIn } from '../../../../../server/crm/amocrm/acting.ts';
import type { CrmAnswer, Question } from '../../../../../server/crm/api.ts';
import { personIn } from '../../../../../server/crm/amocrm/person.ts';
import { CrmUnanswered } from '../../../../../server/crm/unanswered.ts';

function answering(...answers: readonly CrmAnswer[]) {
  const asked: Question[] = [];
  const ask = async (_accountId: string, question: Question | string): Promise<CrmAnswer> => {
    asked.push(typeof question === 'string' ? { path: question } : question);
    return answers[asked.length - 1] ?? { kind: 'later' };
  };
  return { asked, crm: actingIn({ ask }, '1', new AbortController().signal) };
}
const answered = (json: unknown): CrmAnswer => ({ kind: 'answered', json });
const refused = (status: number, lacksRights = false): CrmAnswer => ({
  kind: 'refused',
  status,
  lacksRights,
});
const LEAD = { id: 5, name: 'Doors', responsible_user_id: 11, pipeline_id: 1, status_id: 2 };

describe('the CRM, asked for a person', () => {
  it('is asked in the person’s name for what they see and do, and in the account’s name for the rest', async () => {
    const { asked, crm } = answering(answered(LEAD), answered({}), answered(null), answered(null));
    await crm.deals('11', ['5']);
    await crm.setOwners('11', ['5'], '12');
    await crm.person('11');
    await crm.contact('1');
    expect(asked.map(one => one.as)).toEqual(['11', '11', undefined, undefined]);
  });

  it.each(['', '0', '01', '..', '1/notes', '1?x', '-1', '1e3', '9'.repeat(16), 'NaN'])(
    'is not asked about the id %j',
    async id => {
      const { asked, crm } = answering();
      expect(await crm.person(id)).toBeNull();
      expect(await crm.contact(id)).toBeNull();
      expect(await crm.deals('11', [id])).toEqual([]);
      expect(await crm.task(id)).toBeNull();
      expect(await crm.notes(id)).toEqual([]);
      expect(await crm.tasks(id)).toEqual([]);
      expect(await crm.addNote('11', id, 'Text')).toBe('failed');
      expect(await crm.completeTask('11', id, 'Text')).toBe('failed');
      expect(asked).toEqual([]);
    },
  );

  it.each<[string, CrmAnswer, boolean]>([
    ['no answer', { kind: 'later', mayBeDone: true }, true],
    ['too many requests', { kind: 'later' }, false],
    ['an unpaid account', { kind: 'unpaid' }, false],
    ['no grant', { kind: 'needs-reauth' }, false],
  ])('fails as unanswered with %s', async (_what, answer, mayBeDone) => {
    const failing = () => answering(answer).crm;
    await expect(failing().setOwners('11', ['5'], '12')).rejects.toMatchObject({ mayBeDone });
    await expect(failing().person('11')).rejects.toThrow(CrmUnanswered);
  });

  it('does not treat an employee as gone when its own rights are missing', async () => {
    await expect(answering(refused(403, true)).crm.person('11')).rejects.toThrow(CrmUnanswered);
    expect(await answering(refused(404)).crm.person('11')).toBeNull();
    expect(await answering(refused(403, true)).crm.deals('11', ['5'])).toEqual([]);
  });

  it('treats a record that is hidden from the person as a missing right of theirs', async () => {
    expect(await answering(refused(404)).crm.addNote('11', '1', 'Text')).toBe('refused');
    expect(await answering(refused(400, true)).crm.addNote('11', '1', 'Text')).toBe('refused');
    expect(await answering(refused(400)).crm.addNote('11', '1', 'Text')).toBe('failed');
  });

  it('leaves a note open when the answer has no id', async () => {
    await expect(answering(answered({})).crm.addNote('11', '1', 'Text')).rejects.toMatchObject({
      mayBeDone: true,
    });
  });

  it('leaves out deals that were deleted', async () => {
    expect(await answering(answered({ ...LEAD, is_deleted: true })).crm.deals(null, ['5'])).toEqual([]);
  });

  it.each([
    [{}, true],
    [{ status_id: 142 }, false],
    [{ status_id: 143 }, false],
    [{ closed_at: 1 }, false],
    [{ closed_at: null }, true],
  ])('returns a deal with %j as open: %s', async (more, isOpen) => {
    expect(await answering(answered({ ...LEAD, ...more })).crm.deals(null, ['5'])).toMatchObject([
      { isOpen },
    ]);
  });
});

describe('an employee of the CRM', () => {
  const all = { view: 'A', edit: 'A' };
  const rights = { contacts: all, leads: all, is_active: true };

  it('has rights for the stages of deals, and for nothing else', () => {
    const stage = { entity_type: 'leads', pipeline_id: 5, status_id: 6, rights: { view: 'A', edit: 'M' } };
    const status_rights = [stage, { ...stage, entity_type: 'customers' }];
    expect(v.parse(personIn, { id: 11, rights: { ...rights, status_rights } }).stages).toEqual([
      { of: 'leads', pipelineId: '5', stageId: '6', view: 'A', edit: 'M' },
    ]);
    expect(v.parse(personIn, { id: 11, rights: { ...rights, status_rights: null } }).stages).toEqual([]);
  });

  it('is denied what an unknown right says', () => {
    const odd = v.parse(personIn, { id: 11, rights: { ...rights, leads: { view: 'A', edit: 'X' } } });
    expect(odd.deals).toEqual({ view: 'A', edit: 'D' });
  });

  it('is by default no administrator, in the default group, and may change tasks', () => {
    expect(v.parse(personIn, { id: 11, rights })).toMatchObject({
      isAdmin: false,
      isFree: false,
      groupId: null,
      tasks: { edit: 'A' },
    });
  });
});
