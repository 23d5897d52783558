import { describe, expect, it } from 'vitest';
import type { Assignment } from '../../../../../domain/assignment.ts';
import type { ChatView } from '../../../../../domain/visibility.ts';
import { draftOver, withRole } from '../../../../../widget/admin/roles/rules/draft.ts';
import type { AskedKind } from '../../../../../widget/admin/roles/rules/reach.ts';
import { whyOf } from '../../../../../widget/admin/roles/rules/why.ts';
import { employee } from '../../../people.ts';

const seat = { channelId: 'sales', employeeId: '1' };
const seller: Assignment = { ...seat, role: 'seller', receivesNewClients: true };
const ask = (list: readonly Assignment[], kind: AskedKind, about = employee({ id: '1' })) =>
  whyOf(draftOver(list), { employee: about, channelId: 'sales', kind });

describe('the reason why a person sees a chat or not', () => {
  it.each<[AskedKind, Assignment | null, ChatView['because']]>([
    ['own', null, 'no-role'],
    ['own', seller, 'responsible'],
    ['deal', seller, 'deal-responsible'],
    ['colleagues', seller, 'someone-elses'],
    ['new', seller, 'new-client'],
    ['new', { ...seller, receivesNewClients: false }, 'new-clients-off'],
    ['left', seller, 'owner-left'],
    ['left', { ...seller, role: 'supervisor' }, 'supervisor'],
    ['colleagues', { ...seller, role: 'auditor' }, 'auditor'],
  ])('for a chat of the kind "%s" with the assignment %j is "%s"', (kind, assignment, because) => {
    expect(ask(assignment ? [assignment] : [], kind).view.because).toBe(because);
  });

  it('is given for the chosen channel', () => {
    expect(ask([{ ...seller, channelId: 'wholesale' }], 'own').view.because).toBe('no-role');
  });

  it('is given as it will be once the draft is saved, and says so', () => {
    const draft = withRole(draftOver([seller]), seat, 'auditor');
    const why = whyOf(draft, { employee: employee({ id: '1' }), channelId: 'sales', kind: 'colleagues' });
    expect(why).toMatchObject({ view: { sees: true, writes: false, because: 'auditor' }, isUnsaved: true });
    expect(ask([seller], 'own').isUnsaved).toBe(false);
  });

  it.each([
    ['deactivated', employee({ id: '1', active: false })],
    ['free', employee({ id: '1', free: true })],
    [null, employee({ id: '1' })],
  ])('mentions what keeps the person out of the CRM: %s', (shutOut, about) => {
    expect(ask([seller], 'own', about).shutOut).toBe(shutOut);
  });
});
