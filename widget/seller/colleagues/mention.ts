/**
 * People in texts that the server writes once a claim counts: by their ids, because no name is kept in a browser. They get
 * their names when the text is written.
 */
export const mention = (employeeId: string): string => `@[${employeeId}]`;
