/** Numbers and formats that the CRM's page has in `APP` for its own scripts, and that its sample widget reads. */

/** The values of a card's `element_type`. */
export const ELEMENT_TYPES = { contacts: 1, leads: 2, companies: 3 };

/** The types of custom fields in the CRM's older API (from memory). */
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

/** Formats for moment. The names are those that the sample reads; the formats are from memory. */
export const FORMATS = { date: { date: 'DD.MM.YYYY', date_short: 'DD.MM', full: 'DD.MM.YYYY HH:mm' } };
