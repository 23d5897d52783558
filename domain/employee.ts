/** A user of the CRM. */
export type Employee = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** The name of the employee's group; empty if the CRM gives none. */
  readonly group: string;
  readonly groupId: string;
  /** A deactivated employee cannot log in, but their clients and roles may remain. */
  readonly active: boolean;
  /** An admin of the CRM, who may change these settings. */
  readonly admin: boolean;
  /** A user of the CRM's free plan. The CRM shows them no widgets. */
  readonly free: boolean;
  /** Whose contacts the CRM lets them change. Only admins receive this. `unknown` causes no warning. */
  readonly editsContacts: 'all' | 'group' | 'own' | 'none' | 'unknown';
};
