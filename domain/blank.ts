/** Nothing in it can be seen: no character at all, blanks, or characters that are drawn as nothing. */
const BLANK = /^[\s\p{Cc}\p{Cf}\p{DI}\u2800]*$/u;

export const isBlank = (text: string): boolean => BLANK.test(text);
