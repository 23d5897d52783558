/** Numbers and forms that the CRM's page has in `APP` for its own scripts, and that its sample widget reads too. */

/** Those of a card's `element_type`. */
export const ELEMENT_TYPES = { contacts: 1, leads: 2, companies: 3 };

/** The kinds of custom fields, as the CRM's older API numbered them (memory). */
export const CF_TYPES = {
  text: 1,
  numeric: 2,
  checkbox: 3,
  select: 4,
  multiselect: 5,
  date: 6,
  url: 7,
  multitext: 8,
  textarea: 9,
  radiobutton: 10,
  streetaddress: 11,
  smart_address: 13,
  birthday: 14,
  legal_entity: 15,
  date_time: 19,
};

/** For moment; the names are those that the sample reads, the forms are from memory. */
export const FORMATS = { date: { date: 'DD.MM.YYYY', date_short: 'DD.MM', full: 'DD.MM.YYYY HH:mm' } };
