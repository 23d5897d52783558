/** What an employee may do with the chats of one channel. Without a role (`null`) they see nothing. */
export type Role = 'seller' | 'supervisor' | 'auditor';

/** In the order in which the interface offers them. */
export const ROLES: readonly Role[] = ['seller', 'supervisor', 'auditor'];

/** An auditor reads all chats and answers none. */
export const mayAnswer = (role: Role | null): boolean => role === 'seller' || role === 'supervisor';

/** Whether the switch "receives new clients" applies to the role: only people who may answer can receive clients. */
export const mayReceiveNewClients = mayAnswer;

/** The initial state of the switch when the role is chosen. */
export const startsReceivingNewClients = (role: Role | null): boolean => role === 'seller';
