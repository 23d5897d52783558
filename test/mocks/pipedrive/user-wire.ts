/** A user as v1 writes it. Whether they are an administrator is only part of their access list. */
import type { Company } from '../../world/pipedrive/company.ts';
import { isAdminOf, type AccessApp, type User } from '../../world/pipedrive/users.ts';
import { textTimeOf } from './envelope.ts';

const LOCALES = { ru: 'ru_RU', en: 'en_US', es: 'es_ES' } as const;
const LANGUAGES = {
  ru: { language_code: 'ru', country_code: 'RU' },
  en: { language_code: 'en', country_code: 'US' },
  es: { language_code: 'es', country_code: 'ES' },
} as const;
/** The numbers of languages are not documented. */
const LANG = { ru: 11, en: 1, es: 4 } as const;

/** Rows for parts that the user cannot enter at all are missing. */
export const accessOf = (user: User): unknown[] =>
  (['sales', 'global', 'account_settings'] satisfies AccessApp[])
    .filter(app => app !== 'account_settings' || isAdminOf(user, app))
    .map(app => ({
      app,
      admin: isAdminOf(user, app),
      permission_set_id: `0f000000-0000-4000-8000-${app.length}${isAdminOf(user, app) ? 1 : 0}0000000000`,
    }));

/**
 * The user as shown to `viewer`: people see only their own phone, and only account administrators see when a user was
 * changed.
 */
export const wireUser = (user: User, viewer: User): Record<string, unknown> => ({
  id: user.id,
  name: user.name,
  default_currency: 'EUR',
  locale: LOCALES[user.language],
  lang: LANG[user.language],
  email: user.email,
  phone: user === viewer ? user.phone : null,
  activated: true,
  last_login: '2026-01-05 09:00:00',
  created: '2025-01-05 09:00:00',
  ...(isAdminOf(viewer, 'account_settings') && { modified: '2026-01-05 09:00:00' }),
  has_created_company: false,
  access: accessOf(user),
  active_flag: user.isActive,
  timezone_name: 'Europe/Moscow',
  timezone_offset: '+03:00',
  role_id: user.roleId,
  icon_url: null,
  is_you: user === viewer,
  is_deleted: user.isDeleted,
});

export const wireMe = (user: User, company: Company): Record<string, unknown> => ({
  ...wireUser(user, user),
  company_id: company.id,
  company_name: company.name,
  company_domain: company.domain,
  company_country: company.country,
  company_industry: 'Other',
  language: LANGUAGES[user.language],
  last_login: textTimeOf(company.now()),
});

/**
 * The permissions with documented names. The one for giving away records of other owners has no documented name, so it
 * is missing.
 */
export const wirePermissions = ({ rights, ...user }: User): Record<string, boolean> => ({
  can_add_custom_fields: isAdminOf({ rights, ...user }, 'sales'),
  can_bulk_edit_items: true,
  can_change_visibility_of_items: true,
  can_create_own_workflow: true,
  can_add_people: rights.addPeople,
  can_add_deals: rights.addDeals,
  can_edit_other_users_people: rights.editOthersPeople,
  can_edit_other_users_deals: rights.editOthersDeals,
});
