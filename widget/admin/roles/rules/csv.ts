/**
 * Tables as a file that a spreadsheet opens in columns on double-click, in any language: cells are separated by tabs,
 * and the file is UTF-16LE with a byte order mark (csv-download.ts).
 *
 * - Excel splits UTF-8 files by the system's list separator, a comma in the US and a semicolon in Russia and Germany. A
 *   line `sep=;` fixes that, but then Excel ignores the mark and garbles Cyrillic (vue-json-csv, issue 43).
 * - Of all encodings and separators, this is the only form that French, English and Russian Excel opened correctly (SAP
 *   wiki, "CSV tests of encoding and column separator"); so did Excel 2010 to 2016 for Windows and Mac
 *   (mpyw-yattemita/excel-csv-compatibility-check, UTF-16_LE.TSV.csv).
 * - LibreOffice 7.4 opens it with the default separators of its import dialog: tab, comma and semicolon. So cells that
 *   contain one of them are quoted.
 */
import type { Channel } from '../../../../domain/channel.ts';
import { namesWith, type Names } from '../../../words/names.ts';
import type { Words } from '../../../words/words.tsx';
import { choiceAt, type Draft } from './draft.ts';
import type { Row } from './rows.ts';

export const csvOf = (lines: readonly (readonly string[])[]): string =>
  `\uFEFF${lines.map(cells => `${cells.map(cell).join('\t')}\r\n`).join('')}`;

/**
 * Spreadsheets execute cells that start like a formula, quoted or not, and even after spaces or with wide forms of the
 * signs. A leading apostrophe makes them text.
 */
const FORMULA = /^(?:[\t\r\n]|\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/;

function cell(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  // A reader that splits quoted text would treat what follows a tab or a line break as a formula.
  const inOneLine = harmless.replaceAll(/[\t\r\n]+/g, ' ');
  return /[",;]/.test(inOneLine) ? `"${inOneLine.replaceAll('"', '""')}"` : inOneLine;
}

/**
 * One row per person: who they are, then for each channel their role in the draft and whether they receive new clients.
 */
export function rolesTable(
  rows: readonly Row[],
  {
    channels,
    draft,
    names: given,
  }: { readonly channels: readonly Channel[]; readonly draft: Draft; readonly names?: Names },
  t: Words,
): readonly (readonly string[])[] {
  const names = given ?? namesWith({}, t);
  const head = channels
    .map(names.channel)
    .flatMap(name => [`${name}: ${t('roles.role')}`, `${name}: ${t('roles.receivesNewClients')}`]);
  return [
    [t('roles.employee'), t('csv.email'), t('csv.group'), ...head],
    ...rows.map(row => [
      names.inRow(row.employee.id, row),
      row.employee.email,
      row.employee.group,
      ...channels.flatMap(({ id: channelId }) => {
        const { role, receivesNewClients } = choiceAt(draft, { channelId, employeeId: row.employee.id });
        return [t(`role.${role ?? 'none'}`), t(receivesNewClients ? 'review.yes' : 'review.no')];
      }),
    ]),
  ];
}

/** The day in the reader's time zone, in a form that sorts by date. */
export const fileName = (at: Date, t: Words, name = t('csv.file')): string =>
  `${name}-${[at.getFullYear(), at.getMonth() + 1, at.getDate()].map(part => String(part).padStart(2, '0')).join('-')}.csv`;
