/**
 * `node test/run/listing-pictures.mjs`: takes the pictures of Pipedrive's listing and its icon again, in an emulated company
 * with our pages as they are now. People are invented. Their numbers (202-555-01xx) are reserved for fiction.
 * Look at each picture before you commit it.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { chromium } from 'playwright';
import { root } from '../../widget/package/run/install.mjs';
import { load } from '../../widget/package/run/load.mjs';
import { bringTypeface, typefaceSheet } from './typeface.mjs';

const { packPages } = await load('widget/package/pages.ts');
const { ICON, LISTING, listingPage } = await load('widget/package/pictures/listing.ts');
const { pageFilesOf } = await load('test/sandbox/pipedrive/built-pages.ts');
const { startPipedriveSandbox } = await load('test/sandbox/pipedrive/sandbox.ts');
const { chatWindowAddress } = await load('test/sandbox/chat-site.ts');
const { NAMES } = await load('test/support/crm-steps.ts');
const { BROWSER_FLAGS, findBrowser } = await load('test/run/browser.ts');
const { SELLER_A, SELLER_B } = await load('test/world/people.ts');

const names = NAMES.en;
const pictures = `${root}/widget/package/pipedrive/pictures`;
const { icon, pictures: listed } = JSON.parse(
  await readFile(`${root}/widget/package/pipedrive/hub.json`, 'utf8'),
);

const sandbox = await startPipedriveSandbox({
  files: pageFilesOf(await packPages(root)),
  company: { name: 'Northwind' },
  size: 9,
  ready: true,
});
const { world, company } = sandbox;
await sandbox.follow();
const browser = await chromium.launch({ executablePath: findBrowser(), args: [...BROWSER_FLAGS] });

/** A time zone in which it is about eleven in the morning, so that no message seems to be written at night. */
const late = new Date().getUTCHours() - 11;
const timezoneId = `Etc/GMT${late < 0 ? '' : '+'}${late}`;

/** Each person has a separate profile, as on two computers. */
async function window(address, width, height) {
  const context = await browser.newContext({
    viewport: { width, height },
    locale: 'en-US',
    timezoneId,
    deviceScaleFactor: LISTING.fineness * 1.5,
  });
  await bringTypeface(context);
  const page = await context.newPage();
  await page.goto(address);
  // Hides the stage's own buttons, and replaces the machine's typeface in the chat window.
  await page.addStyleTag({ content: `.theme { display: none } body { font-family: 'PT Sans' !important }` });
  return page;
}
const framed = page => page.frameLocator('iframe').first();
/** The roles are in the settings page, or in a window above it. */
const framedAbove = page => page.frameLocator('iframe').last();
const chatsOf = async (employeeId, width, height) =>
  window(`${await chatWindowAddress(world, employeeId)}&lang=en`, width, height);

/** A screenshot of the page or of a part of it, with the boxes of the elements to ring. */
async function taken(page, part, ...marked) {
  await page.mouse.move(0, 0);
  await page.evaluate(() => scrollTo(0, 0));
  const whole = part ? await part.boundingBox() : { x: 0, y: 0, ...page.viewportSize() };
  const image = await page.screenshot({ clip: whole });
  const boxes = await Promise.all(marked.map(one => one.boundingBox()));
  return {
    image: `data:image/png;base64,${image.toString('base64')}`,
    size: { width: whole.width, height: whole.height },
    boxes: boxes.map(({ x, y, width, height }) => ({ x: x - whole.x, y: y - whole.y, width, height })),
  };
}
const screen = ({ image, size, boxes }, title, at, scale, ...numbers) => ({
  title,
  image,
  size,
  at,
  scale,
  marks: boxes.map((box, place) => ({ number: numbers[place], box })),
});

const FAMILIES = ['Baker', 'Novak', 'Fischer', 'Haddad', 'Larsen', 'Moreau', 'Okafor', 'Rossi', 'Silva'];
const GIVEN = ['Leo', 'Mia', 'Omar', 'Ines', 'Noah'];

/** Clients that the two sellers own already. */
function fillCompany() {
  for (const [at, given] of GIVEN.entries())
    for (const [place, family] of FAMILIES.entries())
      company.addPerson({
        name: `${given} ${family}`,
        phones: [`+1 202-555-0${100 + at * FAMILIES.length + place}`],
        ownerId: (at + place) % 2 === 0 ? SELLER_A : SELLER_B,
      });
}
/** Clients of one seller, of the other, of the other; then one without an owner. */
function letClientsWrite() {
  const wrote = (name, text) => {
    const known = [...company.persons.values()].find(one => one.name === name);
    world.clientWritesTo(company, { name, phone: known.phones[0].value, text });
  };
  wrote('Leo Baker', 'Thursday works for me.');
  wrote('Mia Fischer', 'Is there a price list?');
  wrote('Omar Haddad', 'We take twelve.');
  const grace = { name: 'Grace Hughes', phone: '+1 202-555-0186' };
  world.clientWritesTo(company, { ...grace, text: 'Hello! I need forty chairs.' });
  return world.clientWritesTo(company, { ...grace, text: 'Do you deliver to Boston?' });
}

const listings = [];

async function takeRoles() {
  const page = await window(sandbox.settingsOf('office'), 1094, 572);
  const settings = framed(page);
  const dialog = framedAbove(page).getByRole('dialog', { name: names.dialog });
  const open = async () => {
    await settings.getByRole('button', { name: names.select, exact: true }).click();
    await dialog.getByRole('tab', { name: /^Sales/ }).click();
  };
  const choice = (person, role) =>
    dialog.getByRole('row', { name: new RegExp(`^${person}`) }).getByRole('radio', { name: role });
  const chosen = [
    choice('Adam Archer', names.seller),
    choice('İrem Yılmaz', names.supervisor),
    choice('Denis Gusev', 'Quality control'),
  ];
  await open();
  for (const one of chosen) await one.check();
  await dialog.getByRole('button', { name: names.save, exact: true }).click();
  await settings.getByText(names.saved).waitFor();
  await open();
  const newClients = dialog.getByRole('row', { name: /^Brian Bell/ }).getByRole('switch');
  return taken(page, dialog, ...chosen, newClients);
}

async function takeAgreement() {
  const page = await window(sandbox.settingsOf('office'), 740, 900);
  const settings = framed(page);
  await settings.getByRole('button', { name: 'Send to Wazzup' }).click();
  await settings.getByText(/Wazzup and the CRM agree/).waitFor({ timeout: 120_000 });
  // What it says of the consent has gone, and nothing moves any more.
  await settings.getByRole('button', { name: names.refresh }).click({ trial: true });
  const upper = {
    boundingBox: async () => ({ ...(await page.locator('iframe').boundingBox()), height: 266 }),
  };
  return taken(
    page,
    upper,
    settings.getByText(/Wazzup and the CRM agree/),
    settings.getByText('2 channels, all working'),
  );
}

async function main() {
  fillCompany();
  const agreement = await takeAgreement();
  const roles = await takeRoles();
  const client = letClientsWrite();

  const address = `${sandbox.addressOf('seller-a')}/person/${client.id}`;
  const mine = await chatsOf(SELLER_A, 530, 410);
  const theirs = await chatsOf(SELLER_B, 560, 200);
  const lineOf = page => page.getByRole('button', { name: /Grace Hughes/ });
  await lineOf(mine).click();
  await lineOf(theirs).click();
  const person = await window(address, 417, 410);
  const claim = framed(person).getByRole('button', { name: names.claim, exact: true });
  await claim.waitFor();
  const free = await taken(person, null, claim);
  const asking = await taken(mine, null, lineOf(mine));

  await claim.click();
  await framed(person).getByText(names.told).waitFor();
  await person.setViewportSize({ width: 417, height: 620 });
  await theirs.getByText('You no longer see this chat').waitFor();
  await mine.setViewportSize({ width: 560, height: 244 });
  // The CRM's own field above it shows the new owner only when the page is opened again.
  const done = await taken(
    person,
    person.getByRole('region', { name: 'Chat roles' }),
    framed(person).getByText(names.mine),
  );
  const stays = await taken(mine, null, lineOf(mine));
  const gone = await taken(theirs, null, theirs.getByText('You no longer see this chat'));

  listings.push(
    {
      heading: 'Take a client over in one click',
      lead: 'A panel beside each person and each deal in Pipedrive.',
      screens: [
        screen(free, 'A person in Pipedrive', [56, 158], 1.2, 1),
        screen(asking, 'The same client in Wazzup', [582, 158], 1.2, 2),
      ],
      notes: [
        'One click makes you the owner in Pipedrive.',
        'The client writes in WhatsApp. Every sales rep sees the chat.',
      ],
    },
    {
      heading: 'The chat leaves the other sales reps’ lists',
      lead: 'Within seconds, with nothing to set up in the messenger.',
      screens: [
        screen(done, 'Adam’s screen in Pipedrive', [56, 148], 1.25, 1),
        screen(stays, 'Adam’s chats in Wazzup', [590, 148], 1.13, 2),
        screen(gone, 'Brian’s chats in Wazzup', [590, 456], 1.13, 3),
      ],
      notes: [
        'Adam is responsible, and can undo it.',
        'The chat stays with Adam.',
        'Brian no longer sees it.',
      ],
    },
    {
      heading: 'Choose who sees which chats',
      lead: 'One role for each employee and each channel, on the app’s settings page.',
      screens: [screen(roles, 'The app’s settings in Pipedrive', [56, 152], 1.1, 1, 2, 3, 4)],
      notes: [
        'Sales reps see the chats of people they own.',
        'Supervisors see and answer every chat.',
        'Quality control sees every chat and writes nothing.',
        'Who sees clients that have no owner yet.',
      ],
    },
    {
      heading: 'The chats follow your CRM',
      lead: 'New owners, corrected numbers, merged and deleted people, even with every page closed.',
      screens: [screen(agreement, 'The app’s settings in Pipedrive', [56, 158], 1.668, 1, 2)],
      notes: ['How many clients Wazzup knows as Pipedrive has them.', 'Whether each channel works.'],
    },
  );
}

async function draw() {
  const css = `${await typefaceSheet()}${await readFile(`${root}/widget/package/pictures/listing.css`, 'utf8')}`;
  const { width, height, fineness } = LISTING;
  const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: fineness });
  const page = await context.newPage();
  for (const [at, { file }] of listed.entries()) {
    await page.setContent(listingPage(listings[at], css));
    await page.evaluate(() => Promise.all(Array.from(document.fonts, font => font.load())));
    await writeFile(`${pictures}/${file}`, await page.screenshot());
  }
  const square = await browser.newPage({ viewport: { width: ICON, height: ICON } });
  await square.setContent(
    `<body style="margin:0">${await readFile(`${root}/widget/package/pictures/logo.svg`, 'utf8')}
    <style>svg{display:block;height:${ICON}px}</style>`,
  );
  await square.screenshot({ path: `${pictures}/${icon}`, omitBackground: true });
}

await main();
await draw();
await browser.close();
await sandbox.close();
