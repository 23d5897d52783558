/** A user of the CRM. */
export type Employee = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** The name of his group; empty when the CRM tells none. */
  readonly group: string;
  readonly groupId: string;
  /** A deactivated employee cannot log in, but his clients and roles may remain. */
  readonly active: boolean;
  /** An admin of the CRM: may change these settings. */
  readonly admin: boolean;
  /** A user of the CRM's free plan: the CRM shows him no widgets. */
  readonly free: boolean;
  /** Whose contacts the CRM lets him change. Only admins are told; `unknown` counts as no reason to warn. */
  readonly editsContacts: 'all' | 'group' | 'own' | 'none' | 'unknown';
};

/** Russian readers type е for ё, and nobody cares about case. */
export const folded = (text: string): string => text.normalize('NFC').toLowerCase().replaceAll('ё', 'е');
