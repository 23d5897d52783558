/** Not the one of any other stage that shares the server's database, or of this one before it began anew. */
export const newOffice = (): number => 1 + Math.floor(Math.random() * 1_000_000_000);
