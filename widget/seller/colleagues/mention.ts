/**
 * A person in a text that the server writes later: by id, because no names are stored in a browser. The server fills the
 * name in when it writes the text.
 */
export const mention = (employeeId: string): string => `@[${employeeId}]`;
