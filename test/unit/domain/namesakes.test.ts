import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { employeeLabels, labelsOf } from '../../../domain/namesakes.ts';

const person = (id: string, name: string, group = '', email = '') => ({ id, name, group, email });
const labels = (...people: ReturnType<typeof person>[]) => [...employeeLabels(people).values()];

describe('people with the same name', () => {
  it('are shown by name only when the name is unique', () => {
    expect(labels(person('1', 'Anna', 'Sales'), person('2', 'Boris', 'Sales'))).toEqual(['Anna', 'Boris']);
  });

  it('are told apart by their groups', () => {
    expect(labels(person('1', 'Anna', 'Sales'), person('2', 'Anna', 'Support'))).toEqual([
      'Anna (Sales)',
      'Anna (Support)',
    ]);
  });

  it('are told apart by their e-mail addresses when two are in the same group', () => {
    expect(
      labels(
        person('1', 'Anna', 'Sales', 'a@x.com'),
        person('2', 'Anna', 'Sales', 'b@x.com'),
        person('3', 'Anna', 'Support', 'c@x.com'),
      ),
    ).toEqual(['Anna (a@x.com)', 'Anna (b@x.com)', 'Anna (c@x.com)']);
  });

  it('are told apart by their ids when nothing else differs', () => {
    expect(labels(person('1', 'Anna', 'Sales'), person('2', 'Anna', 'Sales'), person('3', 'Anna'))).toEqual([
      'Anna (Sales, #1)',
      'Anna (Sales, #2)',
      'Anna (#3)',
    ]);
  });

  it('count as namesakes despite case, spaces and invisible characters', () => {
    expect(labels(person('1', 'Anna  Li'), person('2', 'anna li\u200B'))).toEqual([
      'Anna  Li (#1)',
      'anna li\u200B (#2)',
    ]);
  });
});

it.each(['', ' \u00A0', '\u200B', '\u3164'])('does not tell people apart by a group called %j', blank => {
  expect(labels(person('1', 'Anna', blank), person('2', 'Anna\u3164', 'Sales'))).toEqual([
    'Anna (#1)',
    'Anna\u3164 (Sales, #2)',
  ]);
});

it('keeps names and groups from reversing the text after them', () => {
  const [isolate, end] = ['\u2068', '\u2069'];
  expect(
    labels(person('1', 'A\u202Eb', 'x\u202Ay'), person('2', 'A\u202Eb', 'z'), person('3', 'C\u202Ed')),
  ).toEqual([`${isolate}Ab${end} (${isolate}xy${end})`, `${isolate}Ab${end} (z)`, 'C\u202Ed']);
});

it('gives each thing a label of its own', () => {
  const few = fc.constantFrom('', 'a', 'A', 'a (b)', 'b', ' ');
  const things = fc.uniqueArray(
    fc.record({
      id: fc.integer({ min: 1, max: 40 }).map(String),
      name: few,
      details: fc.array(few, { maxLength: 3 }),
    }),
    { selector: ({ id }) => id },
  );
  fc.assert(
    fc.property(things, all => {
      const made = labelsOf(all);
      expect(made.size).toBe(all.length);
      expect(new Set(made.values()).size).toBe(all.length);
    }),
    { numRuns: 2000 },
  );
});
