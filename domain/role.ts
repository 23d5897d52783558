/** What an employee may do with the chats of one channel. No role (`null`) means: sees nothing. */
export type Role = 'seller' | 'supervisor' | 'auditor';

/** In the order in which they are offered. */
export const ROLES: readonly Role[] = ['seller', 'supervisor', 'auditor'];

/** An auditor reads every chat and answers none. */
export const mayAnswer = (role: Role | null): boolean => role === 'seller' || role === 'supervisor';

/** Whether the switch "receives new clients" means anything for the role: somebody who answers nobody cannot. */
export const mayReceiveNewClients = mayAnswer;

/** The switch as it stands when the role is first chosen. */
export const startsReceivingNewClients = (role: Role | null): boolean => role === 'seller';
