import { describe, expect, it } from 'vitest';
import type { CrmUser } from '../../world/crm.ts';
import { employees, OFFICE, type Language } from '../../world/people.ts';

const LANGUAGES: readonly Language[] = ['ru', 'en'];
const SIZES = [5, OFFICE, 60, 500, 10_000];
const OFFICES = LANGUAGES.flatMap(language => SIZES.map(size => [language, size] as const));
/** Large enough for every kind of name. */
const WHOLE_OFFICES = OFFICES.filter(([, size]) => size >= OFFICE);

/** Slavic surnames, and others that are formed like them. */
const MANS = /([оеё]в|[иы]н|ский|[oe]v|[iy]n|sky)$/;
const WOMANS = /([оеё]ва|[иы]на|ская|[oe]va|[iy]na|skaya)$/;

/** Given name → the genders in the surnames of its owners. */
function gendersIn(people: readonly CrmUser[]): ReadonlyMap<string, ReadonlySet<'woman' | 'man'>> {
  const genders = new Map<string, Set<'woman' | 'man'>>();
  for (const { name } of people) {
    const words = name.split(' ');
    for (const family of words.at(-1)?.split('-') ?? []) {
      const gender = WOMANS.test(family) ? 'woman' : MANS.test(family) ? 'man' : undefined;
      const given = words[0] ?? '';
      if (gender && words.length > 1) genders.set(given, (genders.get(given) ?? new Set()).add(gender));
    }
  }
  return genders;
}

function namesakesIn(people: readonly CrmUser[]): readonly (readonly CrmUser[])[] {
  const byName = new Map<string, CrmUser[]>();
  for (const one of people) byName.set(one.name, [...(byName.get(one.name) ?? []), one]);
  return [...byName.values()].filter(group => group.length > 1);
}

describe.each(OFFICES)('the people of an account in %s with %i employees', (language, size) => {
  const people = employees(size, language);

  it('have surnames that agree with their given names', () => {
    const genders = gendersIn(people);
    expect([...genders].filter(([, all]) => all.size > 1)).toEqual([]);
    const known = {
      Галина: 'woman',
      Ольга: 'woman',
      Денис: 'man',
      Илья: 'man',
      Galina: 'woman',
      Denis: 'man',
    };
    const found = Object.entries(known).flatMap(([given, gender]) =>
      [...(genders.get(given) ?? [])].map(one => [given, one, gender]),
    );
    expect(found.filter(([, one, gender]) => one !== gender)).toEqual([]);
    expect(found.length > 0).toBe(language === 'ru' || size > 5);
  });

  it('each have their own id and address', () => {
    expect(people).toHaveLength(size);
    expect(new Set(people.map(({ id }) => id)).size).toBe(size);
    expect(new Set(people.map(({ email }) => email)).size).toBe(size);
  });

  it('are the same each time, starting with those of a smaller account', () => {
    expect(employees(size, language)).toEqual(people);
    expect(employees(5, language)).toEqual(people.slice(0, 5));
    expect(employees(size + 100, language).slice(0, size)).toEqual(people);
  });
});

describe.each(WHOLE_OFFICES)('an account in %s with %i employees', (language, size) => {
  const people = employees(size, language);

  it('has namesakes, two for each name and in two groups', () => {
    const namesakes = namesakesIn(people);
    expect(namesakes.length).toBeGreaterThan(0);
    expect(namesakes.length).toBeLessThan(size / 10);
    expect(namesakes.filter(group => group.length !== 2)).toEqual([]);
    expect(namesakes.filter(group => new Set(group.map(one => one.groupId)).size !== 2)).toEqual([]);
  });

  it.each([
    ['letters with marks', /José/],
    ['letters that other languages write differently', /İ/],
    ['an apostrophe', /O’Neil/],
    ['a surname of two that fills a column', /^(?=.{40}).*\S-\S/],
    ['a Kazakh name', language === 'ru' ? /Әсел/ : /Äsel/],
    ['a Portuguese name', /João/],
    ['an Indonesian name', /Siti/],
  ])('has %s', (_what, name) => {
    expect(people.filter(one => name.test(one.name))).not.toEqual([]);
  });
});
