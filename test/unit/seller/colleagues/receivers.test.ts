import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '../../../../domain/role.ts';
import { receivers } from '../../../../widget/seller/colleagues/receivers.ts';
import { HEAD_OF_SALES, SELLER_B } from '../../../world/people.ts';
import { A, askingStage, B, NO_ONE } from './asking-stage.ts';

let at: ReturnType<typeof askingStage>;
beforeEach(() => {
  at = askingStage();
});
afterEach(() => at.close());

describe('the colleagues who may get a client', () => {
  const seat = (employeeId: string, channelId: string, role: Role) => ({
    employeeId,
    channelId,
    role,
    receivesNewClients: false,
  });
  const assignments = [
    seat(A, 'sales', 'seller'),
    seat(B, 'sales', 'seller'),
    seat(String(HEAD_OF_SALES), 'wholesale', 'supervisor'),
    seat(NO_ONE, 'sales', 'seller'),
    seat('8001', 'sales', 'auditor'),
  ];
  const chosen = (clientChannelIds: readonly string[]): readonly string[] =>
    receivers({
      employees: at.employees(),
      me: A,
      standInOwners: [NO_ONE],
      assignments,
      clientChannelIds,
    }).map(({ id }) => id);

  it('are those who may answer on one of the client’s channels, except me', () => {
    expect(chosen(['sales'])).toEqual([B]);
    expect(chosen(['sales', 'wholesale'])).toEqual([B, String(HEAD_OF_SALES)]);
  });

  it('are all who may answer anywhere while the channels are not known', () => {
    expect(chosen([])).toEqual([B, String(HEAD_OF_SALES)]);
  });

  it('are only people who still work here', () => {
    const seller = at.world.crm.users.get(SELLER_B);
    if (seller) seller.isActive = false;
    expect(chosen(['sales'])).toEqual([]);
  });
});
