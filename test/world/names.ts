/** The names of an office's generated people: the same at each start and in any size. */
import { LANDS, womansFamily, type Land, type Language } from './lands.ts';

/**
 * The first names, chosen so that a small office has some of everything: two people called Denis with the same surname
 * work in two groups.
 */
const FIRST: Readonly<Record<Language, readonly string[]>> = {
  ru: [
    'Галина Гусева',
    'Денис Гусев',
    'İrem Yılmaz',
    'José Muñoz',
    'Денис Гусев',
    'Liam O’Neil',
    'Екатерина Александровна Воскресенская-Преображенская',
    'João Guimarães',
    'Әсел Жұмабаева',
    'Siti Rahmawati',
  ],
  en: [
    'Galina Guseva',
    'Denis Gusev',
    'İrem Yılmaz',
    'José Muñoz',
    'Denis Gusev',
    'Liam O’Neil',
    'Alexandra Montgomery-Featherstonehaugh-Cholmondeley',
    'João Guimarães',
    'Äsel Zhumabaeva',
    'Siti Rahmawati',
  ],
};

/** One in this many has the name of the previous person, who is in the other group. */
const NAMESAKE = 97;
/** One in this many has a double surname. */
const DOUBLE = 23;

/** The given number of names, in the order of hiring. */
export function names(count: number, language: Language): readonly string[] {
  const made: string[] = [];
  const turns = new Map<Land, number>();
  const next = (land: Land, isDouble: boolean): string => {
    const turn = turns.get(land) ?? 0;
    turns.set(land, turn + 1);
    const name = nameIn(land, turn, isDouble);
    return FIRST[language].includes(name) ? next(land, isDouble) : name;
  };
  for (let at = 0; made.length < count; at += 1) {
    const first = FIRST[language][at];
    const land = LANDS[language][at % LANDS[language].length];
    const before = made.at(-1);
    if (first !== undefined) made.push(first);
    else if (before !== undefined && at % NAMESAKE === 0) made.push(before);
    else if (land) made.push(next(land, at % DOUBLE === 0));
  }
  return made;
}

/** Uses every pair of given name and surname before it adds a middle name. */
function nameIn({ women, men, families, middles, inflects }: Land, turn: number, isDouble: boolean): string {
  const isWoman = turn % 2 === 0;
  const given = isWoman ? women : men;
  const pair = Math.floor(turn / 2);
  const round = Math.floor(pair / given.length);
  const family = (isDouble ? [0, 5] : [0]).map(more => {
    const name = families[(pair + round + more) % families.length] ?? '';
    return isWoman && inflects ? womansFamily(name) : name;
  });
  const middle = middles[Math.floor(round / families.length) - 1]?.[isWoman ? 0 : 1];
  return [given[pair % given.length], middle, family.join('-')].filter(part => part !== undefined).join(' ');
}
