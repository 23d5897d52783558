/**
 * Tables as a file that a spreadsheet opens by double-click where the list separator is a semicolon, as in Russia: with a
 * byte order mark, or Excel takes UTF-8 for the system's old code page.
 */
import type { Channel } from '../../domain/channel.ts';
import type { Words } from '../../words.tsx';
import { placeAt, type Draft } from './draft.ts';
import { nameOf } from './names.ts';
import type { Row } from './rows.ts';

export const csvOf = (lines: readonly (readonly string[])[]): string =>
  `\uFEFF${lines.map(cells => `${cells.map(cell).join(';')}\r\n`).join('')}`;

/**
 * A spreadsheet runs what starts like a formula, quoted or not, and takes blanks and wide forms of the signs along. An
 * apostrophe in front makes it text.
 */
const FORMULA = /^(?:[\t\r\n]|\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/;

function cell(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Who he is, then for each channel his role and whether he receives new clients, with what the draft has changed. */
export function rolesTable(
  rows: readonly Row[],
  { channels, draft }: { readonly channels: readonly Channel[]; readonly draft: Draft },
  t: Words,
): readonly (readonly string[])[] {
  const head = channels.flatMap(({ name }) => [
    `${name}: ${t('roles.role')}`,
    `${name}: ${t('roles.receivesNewClients')}`,
  ]);
  return [
    [t('roles.employee'), t('csv.email'), t('csv.group'), ...head],
    ...rows.map(row => [
      nameOf(row.employee.id, row, t),
      row.employee.email,
      row.employee.group,
      ...channels.flatMap(({ id: channelId }) => {
        const { role, receivesNewClients } = placeAt(draft, { channelId, employeeId: row.employee.id });
        return [t(`role.${role ?? 'none'}`), t(receivesNewClients ? 'review.yes' : 'review.no')];
      }),
    ]),
  ];
}

/** The day in the reader's own time zone, in an order that file lists sort by. */
export const fileName = (at: Date, t: Words): string =>
  `${t('csv.file')}-${[at.getFullYear(), at.getMonth() + 1, at.getDate()].map(part => String(part).padStart(2, '0')).join('-')}.csv`;
