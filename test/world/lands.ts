/**
 * Names from several countries, so that search, sorting and narrow columns meet realistic names: accented letters,
 * apostrophes, other scripts, surnames that depend on gender.
 */

export type Language = 'ru' | 'en';

export type Land = {
  readonly women: readonly string[];
  readonly men: readonly string[];
  /** In the masculine form. */
  readonly families: readonly string[];
  /** Middle names, used once all pairs of the other names are taken: the feminine and the masculine form. */
  readonly middles: readonly (readonly [woman: string, man: string])[];
  /** Whether surnames have a feminine form. */
  readonly inflects: boolean;
};

const list = (names: string): readonly string[] => names.split(', ');

const initials = Array.from('ABCDEFGHJKLMNPRSTVWZ', letter => [`${letter}.`, `${letter}.`] as const);

const RUSSIAN: Land = {
  women: list(
    'Галина, Елена, Жанна, Инна, Лариса, Нина, Алёна, Оксана, Татьяна, Юлия, Ирина, Людмила, Полина, Дарья, Ксения, Любовь',
  ),
  men: list(
    'Денис, Захар, Кирилл, Максим, Семён, Фёдор, Пётр, Илья, Никита, Андрей, Глеб, Игорь, Олег, Роман, Тимофей, Юрий',
  ),
  families: list(
    'Гусев, Зуев, Котов, Лапин, Мохов, Соловьёв, Королёв, Щукин, Птицын, Чайковский, Рыжов, Ежов, Вязов, Синицын, Жуковский, Шевченко',
  ),
  middles: [
    ['Сергеевна', 'Сергеевич'],
    ['Андреевна', 'Андреевич'],
    ['Петровна', 'Петрович'],
    ['Юрьевна', 'Юрьевич'],
    ['Ильинична', 'Ильич'],
    ['Николаевна', 'Николаевич'],
    ['Алексеевна', 'Алексеевич'],
    ['Фёдоровна', 'Фёдорович'],
    ['Дмитриевна', 'Дмитриевич'],
    ['Львовна', 'Львович'],
  ],
  inflects: true,
};

const RUSSIAN_IN_LATIN: Land = {
  women: list('Galina, Elena, Zhanna, Inna, Larisa, Nina, Alyona, Oksana, Tatyana, Yulia, Irina, Lyudmila'),
  men: list('Denis, Zakhar, Kirill, Maksim, Semyon, Fyodor, Pyotr, Ilya, Nikita, Andrei, Gleb, Igor'),
  families: list(
    'Gusev, Zuev, Kotov, Lapin, Mokhov, Solovyov, Korolyov, Shchukin, Ptitsyn, Tchaikovsky, Ryzhov, Shevchenko',
  ),
  middles: [
    ['Sergeyevna', 'Sergeyevich'],
    ['Petrovna', 'Petrovich'],
  ],
  inflects: true,
};

const KAZAKH: Land = {
  women: list('Айгүл, Әсел, Гүлнұр, Дана, Жанар, Қарлығаш, Мәдина, Сәуле, Ұлжан, Айжан, Ботагөз, Шолпан'),
  men: list('Арман, Бауыржан, Дәурен, Ержан, Қайрат, Нұрлан, Өмірбек, Серік, Тимур, Жандос, Мұрат, Ғалым'),
  families: list(
    'Ахметов, Әбенов, Жұмабаев, Қасымов, Мұқанов, Омаров, Оспанов, Сәрсенов, Төлегенов, Ысқақов, Сейітқали, Құнанбай',
  ),
  middles: [
    ['Нұрланқызы', 'Нұрланұлы'],
    ['Серікқызы', 'Серікұлы'],
  ],
  inflects: true,
};

const KAZAKH_IN_LATIN: Land = {
  women: list(
    'Aigül, Äsel, Gülnur, Dana, Zhanar, Qarlygash, Mädina, Säule, Ulzhan, Aizhan, Botagöz, Sholpan',
  ),
  men: list(
    'Arman, Bauyrzhan, Däuren, Yerzhan, Qairat, Nurlan, Ömirbek, Serik, Timur, Zhandos, Murat, Galym',
  ),
  families: list(
    'Akhmetov, Äbenov, Zhumabaev, Qasymov, Muqanov, Omarov, Ospanov, Särsenov, Tölegenov, Seitqali',
  ),
  middles: [
    ['Nurlanqyzy', 'Nurlanuly'],
    ['Serikqyzy', 'Serikuly'],
    ['Muratqyzy', 'Muratuly'],
  ],
  inflects: true,
};

const TURKISH: Land = {
  women: list('İrem, Ayşe, Çiğdem, Gülşen, Işıl, Müge, Özlem, Şeyma, Zeynep, Büşra, Nazlı, Ülkü'),
  men: list('Çağrı, Emre, Gökhan, İlker, Kâzım, Mehmet, Ömer, Şükrü, Uğur, Yiğit, Barış, Ilgaz'),
  families: list(
    'Yılmaz, Çelik, Şahin, Öztürk, Aydın, Kılıç, Güneş, İnanç, Doğan, Koç, Küçükçekmeceli, Ağaoğlu',
  ),
  middles: initials,
  inflects: false,
};

const SPANISH: Land = {
  women: list(
    'María José, Lucía, Inés, Begoña, Ángela, Sofía, Rocío, Nuria, Belén, Mónica, Concepción, Pilar',
  ),
  men: list('José, Andrés, Álvaro, Iñaki, Joaquín, Martín, Óscar, Raúl, Sebastián, Tomás, Íñigo, Ramón'),
  families: list(
    'Muñoz, García, Peña, Núñez, López Ibáñez, Gómez, Sánchez, Ordóñez, Vázquez, Güell, de la Cruz, Yáñez',
  ),
  middles: initials,
  inflects: false,
};

const PORTUGUESE: Land = {
  women: list(
    'Inês, Luísa, Antónia, Fátima, Lívia, Letícia, Mônica, Patrícia, Sônia, Verônica, Thaís, Conceição',
  ),
  men: list(
    'João, Luís, António, Estêvão, Gonçalo, Mário, Otávio, Simão, Sérgio, Vinícius, César, José Antônio',
  ),
  families: list(
    'Guimarães, Araújo, Assunção, Magalhães, Simões, Brandão, Falcão, Leitão, Gonçalves, Sá, dos Santos, Caldeirão',
  ),
  middles: initials,
  inflects: false,
};

const INDONESIAN: Land = {
  women: list('Siti, Dewi, Putri, Ratna, Sri, Wulan, Ayu, Intan, Kartika, Nur’aini, Mega, Nurul'),
  men: list('Budi, Agus, Bambang, Eko, Hendra, Joko, Rizki, Slamet, Teguh, Wahyu, Yudi, Ma’ruf'),
  families: list(
    'Wijaya, Hidayat, Kusuma, Siregar, Nasution, Pratama, Sitompul, Harahap, Lubis, Simanjuntak, Tanjung, Hutapea',
  ),
  middles: initials,
  inflects: false,
};

const ENGLISH: Land = {
  women: list('Grace, Ellen, Joan, Irene, Laura, Zoë, Renée, Siobhán, Alice, Harriet, Mary-Jane, Chloë'),
  men: list('Dennis, Zachary, Kevin, Max, Simon, Liam, Seán, Hugh, Oscar, Ralph, Theo, Jean-Luc'),
  families: list(
    "Green, Hill, Stone, Lake, Moss, O’Neil, O'Brien, McDonald, D’Arcy, St. John, Ng, Featherstonehaugh",
  ),
  middles: initials,
  inflects: false,
};

/** Lands take turns in giving names; the account's own land has every second turn. */
export const LANDS: Readonly<Record<Language, readonly Land[]>> = {
  ru: [
    RUSSIAN,
    KAZAKH,
    RUSSIAN,
    TURKISH,
    RUSSIAN,
    SPANISH,
    RUSSIAN,
    PORTUGUESE,
    RUSSIAN,
    INDONESIAN,
    RUSSIAN,
    ENGLISH,
  ],
  en: [
    ENGLISH,
    RUSSIAN_IN_LATIN,
    ENGLISH,
    SPANISH,
    ENGLISH,
    TURKISH,
    ENGLISH,
    PORTUGUESE,
    ENGLISH,
    INDONESIAN,
    ENGLISH,
    KAZAKH_IN_LATIN,
  ],
};

/** The feminine form of a Slavic surname; other surnames do not change. */
export function womansFamily(mans: string): string {
  if (mans.endsWith('ский')) return `${mans.slice(0, -2)}ая`;
  if (mans.endsWith('sky')) return `${mans.slice(0, -1)}aya`;
  if (/([оеё]в|[иы]н)$/.test(mans)) return `${mans}а`;
  return /([oe]v|[iy]n)$/.test(mans) ? `${mans}a` : mans;
}
