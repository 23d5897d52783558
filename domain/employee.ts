/** A user of the CRM. */
export type Employee = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** The name of their group; empty when the CRM tells none. */
  readonly group: string;
  readonly groupId: string;
  /** A deactivated employee cannot log in, but their clients and roles may remain. */
  readonly active: boolean;
  /** An admin of the CRM: may change these settings. */
  readonly admin: boolean;
  /** A user of the CRM's free plan: the CRM shows them no widgets. */
  readonly free: boolean;
  /** Whose contacts the CRM lets them change. Only admins are told; `unknown` counts as no reason to warn. */
  readonly editsContacts: 'all' | 'group' | 'own' | 'none' | 'unknown';
};
