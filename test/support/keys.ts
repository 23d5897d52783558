/** The names of a record's own fields, as the compiler knows them. */
export const keysOf = <T extends object>(record: T): readonly (keyof T & string)[] =>
  Object.keys(record).filter((key): key is keyof T & string => key in record);
