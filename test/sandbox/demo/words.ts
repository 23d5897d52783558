/** The words of the demo's top page. */
import type { Language } from '../../world/people.ts';

const ru = {
  said: 'Песочница без сервера: всё происходит в этой вкладке и исчезает вместе с ней. Настоящих cookie и правил CORS здесь нет — их проверяет «npm run sandbox».',
  shown: 'Кто на экране',
  people: { office: 'Офис', 'seller-a': 'Менеджер А', 'seller-b': 'Менеджер Б' },
  insecure: 'Песочнице нужен service worker: откройте её по https или на localhost.',
  openElsewhere: 'Песочница уже открыта в другой вкладке. Закройте её и обновите эту.',
};

const en: typeof ru = {
  said: 'A sandbox without a server: everything happens in this tab and is gone with it. There are no real cookies and no CORS here; "npm run sandbox" has both.',
  shown: 'Who is on screen',
  people: { office: 'Office', 'seller-a': 'Seller A', 'seller-b': 'Seller B' },
  insecure: 'The sandbox needs a service worker: open it over https or on localhost.',
  openElsewhere: 'The sandbox is open in another tab. Close that one and reload this one.',
};

export const demoWordsIn = (language: Language): typeof ru => (language === 'ru' ? ru : en);
