import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDictionary } from '../../../../../widget/words/words.tsx';
import { draftOver, withRole } from '../../../../../widget/admin/roles/rules/draft.ts';
import { csvOf, fileName, rolesTable } from '../../../../../widget/admin/roles/rules/csv.ts';
import type { Row } from '../../../../../widget/admin/roles/rules/rows.ts';
import ru from '../../../../../locales/ru.json' with { type: 'json' };
import { employee } from '../../../people.ts';

const t = createDictionary('ru', ru).words;
const row = (kind: Row['kind'], about: Parameters<typeof employee>[0]): Row => ({
  employee: employee(about),
  kind,
  isStaff: true,
  text: '',
  nameRank: 0,
  groupRank: 0,
});

/** Reads the text as a spreadsheet does, by RFC 4180 with tabs. */
function cellsOf(csv: string): readonly (readonly string[])[] {
  const lines: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^"\t\r\n]*))(\t|\r\n)/y;
  cell.lastIndex = 1;
  while (cell.lastIndex < csv.length) {
    const at = cell.lastIndex;
    const match = cell.exec(csv);
    if (!match) throw new Error(`Unreadable at ${at}: ${csv.slice(at, at + 20)}`);
    const [, quoted, plain = '', end] = match;
    lines.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === '\r\n') lines.push([]);
  }
  return lines.slice(0, -1);
}

describe('a table as CSV', () => {
  it('starts with a byte order mark, separates cells with tabs and ends lines as Windows does', () => {
    expect(
      csvOf([
        ['Имя', 'E-mail'],
        ['Анна', ''],
      ]),
    ).toBe('\uFEFFИмя\tE-mail\r\nАнна\t\r\n');
  });

  it.each([
    ['a\tb', 'a b'],
    ['a;=b', '"a;=b"'],
    ['ООО "Ромашка"', '"ООО ""Ромашка"""'],
    ['two\n=lines', 'two =lines'],
    ['two\r\n\tlines', 'two lines'],
    ['a,b', '"a,b"'],
    ["O'Neil", "O'Neil"],
    ['Иванова-Петрова', 'Иванова-Петрова'],
    ['a@b.ru', 'a@b.ru'],
  ])('writes %j as %j', (text, written) => {
    expect(csvOf([[text]])).toBe(`\uFEFF${written}\r\n`);
  });

  it.each([
    ['=HYPERLINK("https://evil.example","Анна")', `"'=HYPERLINK(""https://evil.example"",""Анна"")"`],
    ['+79160000001', "'+79160000001"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "' =1"],
    ['\r=1', "' =1"],
    ['\n=1', "' =1"],
    ['  =1+1', "'  =1+1"],
    ['\u00A0=1', "'\u00A0=1"],
    ['\uFEFF=1', "'\uFEFF=1"],
    ['\uFF1D1+1', "'\uFF1D1+1"],
  ])('turns the formula %j into text', (text, written) => {
    expect(csvOf([[text]])).toBe(`\uFEFF${written}\r\n`);
  });

  it('is read back unchanged for any text, and contains no formula', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary-ascii' }),
      fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '"', ';', '\r', '\n', '\t', ' ', 'я') }),
    );
    fc.assert(
      fc.property(
        fc.array(fc.array(text, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 5 }),
        table => {
          const read = cellsOf(csvOf(table));
          const isFormula = (cell: string): boolean =>
            '=+-@\uFF1D\uFF0B\uFF0D\uFF20'.includes(cell.trimStart().charAt(0) || 'none') ||
            /^[\t\r\n]/.test(cell);
          expect(read.flat().filter(isFormula)).toEqual([]);
          const inOneLine = (cell: string): string => cell.replaceAll(/[\t\r\n]+/g, ' ');
          expect(read).toEqual(
            table.map(cells => cells.map(one => inOneLine(isFormula(one) ? `'${one}` : one))),
          );
        },
      ),
    );
  });
});

describe('the table of roles', () => {
  const channels = [
    { id: 'sales', name: 'Продажи', messenger: 'whatsapp', state: 'active' },
    { id: 'wholesale', name: 'Опт', messenger: 'telegram', state: 'active' },
  ] as const;

  it('has a line for each person with their role and switch on each channel, as on the screen', () => {
    const seat = { channelId: 'sales', employeeId: '1' };
    const draft = withRole(
      draftOver([
        { ...seat, role: 'auditor', receivesNewClients: false },
        { channelId: 'wholesale', employeeId: '999', role: 'supervisor', receivesNewClients: false },
      ]),
      seat,
      'seller',
    );
    const rows = [
      row('known', { id: '1', name: 'Анна', email: 'anna@example.com', group: 'Отдел продаж' }),
      row('stranger', { id: '999', name: '999', active: false }),
    ];
    expect(rolesTable(rows, { channels, draft }, t)).toEqual([
      [
        'Сотрудник',
        'E-mail',
        'Группа',
        'Продажи: Роль',
        'Продажи: Получает новых клиентов',
        'Опт: Роль',
        'Опт: Получает новых клиентов',
      ],
      ['Анна', 'anna@example.com', 'Отдел продаж', 'Менеджер', 'да', 'Без роли', 'нет'],
      ['Сотрудник 999', '', '', 'Без роли', 'нет', 'Руководитель', 'нет'],
    ]);
  });

  it('has a file name with the day in it', () => {
    expect(fileName(new Date(2026, 2, 7, 23, 59), t)).toBe('roli-v-chatah-2026-03-07.csv');
  });
});
