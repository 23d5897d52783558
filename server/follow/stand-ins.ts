/**
 * Employees of an account who mean "nobody yet". Whoever connects the chat service does so in the panel, which hands over what
 * the CRM has kept of the settings before: an account without settings has named nobody.
 */
import * as v from 'valibot';
import { crmNames } from '../accounts/row.ts';
import { readOwnSettings } from '../../domain/own-settings.ts';
import type { OwnSettings } from '../own-settings/own-settings.ts';

export async function standInOwnersOf(
  ownSettings: OwnSettings,
  { crm, crmAccountId }: { readonly crm: string; readonly crmAccountId: string },
): Promise<readonly string[]> {
  const { settings } = await ownSettings.read({ crm: v.parse(crmNames, crm), id: crmAccountId });
  return readOwnSettings(JSON.stringify(settings ?? {})).standInOwners;
}
