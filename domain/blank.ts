/** Matches text without visible characters: empty, only whitespace, or only characters that render as nothing. */
const BLANK = /^[\s\p{Cc}\p{Cf}\p{DI}\u2800]*$/u;

export const isBlank = (text: string): boolean => BLANK.test(text);
