import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createDictionary } from '../../../../widget/words.tsx';
import { draftOver, withRole } from '../../../../widget/roles/rules/draft.ts';
import { csvOf, fileName, rolesTable } from '../../../../widget/roles/rules/csv.ts';
import { download } from '../../../../widget/roles/view/csv-download.ts';
import type { Row } from '../../../../widget/roles/rules/rows.ts';
import ru from '../../../../locales/ru.json' with { type: 'json' };
import { employee } from '../../people.ts';

const t = createDictionary('ru', ru).words;
const row = (kind: Row['kind'], about: Parameters<typeof employee>[0]): Row => ({
  employee: employee(about),
  kind,
  text: '',
  nameRank: 0,
  groupRank: 0,
});

/** As a spreadsheet reads it, by RFC 4180 with semicolons. */
function cellsOf(csv: string): readonly (readonly string[])[] {
  const lines: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^";\r\n]*))(;|\r\n)/y;
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
  it('starts with a byte order mark, parts cells with semicolons and ends lines as Windows does', () => {
    expect(
      csvOf([
        ['Имя', 'E-mail'],
        ['Анна', ''],
      ]),
    ).toBe('\uFEFFИмя;E-mail\r\nАнна;\r\n');
  });

  it.each([
    ['a;b', '"a;b"'],
    ['ООО "Ромашка"', '"ООО ""Ромашка"""'],
    ['two\nlines', '"two\nlines"'],
    ['two\r\nlines', '"two\r\nlines"'],
    ['a,b', 'a,b'],
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
    ['\t=1', "'\t=1"],
    ['\r=1', `"'\r=1"`],
    ['\n=1', `"'\n=1"`],
    ['  =1+1', "'  =1+1"],
    ['\u00A0=1', "'\u00A0=1"],
    ['\uFEFF=1', "'\uFEFF=1"],
    ['\uFF1D1+1', "'\uFF1D1+1"],
  ])('makes text of the formula %j', (text, written) => {
    expect(csvOf([[text]])).toBe(`\uFEFF${written}\r\n`);
  });

  it('is read back as it was, whatever is in it, and holds no formula', () => {
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
          expect(read).toEqual(table.map(cells => cells.map(one => (isFormula(one) ? `'${one}` : one))));
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

  it('names everybody with his role and switch on each channel, as on the screen', () => {
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

  it('goes into a file that is named after the day', () => {
    expect(fileName(new Date(2026, 2, 7, 23, 59), t)).toBe('roli-v-chatah-2026-03-07.csv');
  });
});

describe('a download', () => {
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it('gives its address back when the browser has read it', async () => {
    vi.useFakeTimers();
    const made = vi.spyOn(URL, 'createObjectURL');
    const given = vi.spyOn(URL, 'revokeObjectURL');
    const link = { href: '', download: '', click: vi.fn<() => void>() };
    download({ createElement: () => link } as unknown as Document, 'roles.csv', 'Анна');
    const address: unknown = made.mock.results[0]?.value;
    expect(link).toMatchObject({ href: address, download: 'roles.csv' });
    expect(link.click).toHaveBeenCalledTimes(1);
    expect(given).not.toHaveBeenCalled();
    vi.runAllTimers();
    expect(given).toHaveBeenCalledWith(address);
  });
});
