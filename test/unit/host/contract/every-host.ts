/**
 * Tests the promises of widget/host/host.ts for every CRM. A CRM that cannot keep a promise lacks the matching ability, and
 * the test is skipped for it.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';
import { asFailure, type Failure } from '../../../../widget/http/failure.ts';
import { SELLER_A } from '../../../world/people.ts';
import { inZone } from './amocrm.ts';
import type { Ability, Host, Lending, Lent } from './lent.ts';
import { pipedrive } from './pipedrive.ts';

const HOSTS: readonly Host[] = [
  inZone('amoCRM', 'https://crm.amocrm.ru'),
  inZone('Kommo', 'https://acme.kommo.com'),
  pipedrive,
];

type At = {
  /** A new page for each test, opened as a seller. */
  readonly crm: Lent;
  readonly can: Readonly<Record<Ability, boolean>>;
  /** Replaces the page by one of another employee. */
  readonly openAs: (employeeId: number) => Promise<void>;
};

export function everyHost(what: string, facts: (at: At) => void): void {
  describe.each(HOSTS)(`${what} of $name`, ({ can, begin }) => {
    let lending: Lending;
    let crm: Lent;
    beforeAll(async () => {
      lending = await begin();
    });
    afterAll(() => lending.end());
    beforeEach(async () => {
      crm = await lending.openAs(SELLER_A);
    });
    afterEach(async () => {
      await crm.close();
      expect(crm.unhandledRequests()).toEqual([]);
    });
    facts({
      get crm() {
        return crm;
      },
      can,
      async openAs(employeeId) {
        await crm.close();
        crm = await lending.openAs(employeeId);
      },
    });
  });
}

export const failureOf = async (promise: Promise<unknown>): Promise<Failure> =>
  promise.then(() => {
    throw new Error('It did not fail');
  }, asFailure);
