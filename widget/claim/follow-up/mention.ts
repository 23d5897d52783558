import { contained } from '../../../domain/contained.ts';

/**
 * People in texts that may have to wait: by their ids, because no name is kept in a browser. They get their names when the
 * text is sent.
 */
export const mention = (employeeId: string): string => `@[${employeeId}]`;

/** `nameOf` whoever is gone: their id is all that anybody knows. */
export const named = (text: string, nameOf: (employeeId: string) => string | undefined): string =>
  text.replaceAll(/@\[(\w+)\]/g, (_, employeeId: string) => contained(nameOf(employeeId) ?? employeeId));
