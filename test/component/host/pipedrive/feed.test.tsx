/** Notes, and questions to colleagues, in Pipedrive, which stores them as HTML. */
import { expect, it } from 'vitest';
import { asHtml, plain } from '../../../../widget/host/pipedrive/html.ts';
import { askText, openAsks } from '../../../../widget/seller/colleagues/ask.ts';
import { parse } from 'valibot';
import type { Client } from '../../../../widget/http/client.ts';
import { feedThrough } from '../../../../widget/host/pipedrive/feed.ts';
import { pipedrivePair, pipedriveStage } from '../../../support/listening-pipedrive.ts';
import { SELLER_A, SELLER_B } from '../../../world/people.ts';

/** Calls the emulated CRM without HTTP, because pages of component tests reach no other origin. */
async function feedAs(userId: number) {
  const stage = pipedriveStage();
  const pair = await pipedrivePair(stage, userId);
  const ask: Client = async ({ method, path, query = {}, body, schema }) => {
    const asked = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
    const response = await stage.ask(`${method} /api${path}?${asked}`, { pair, json: body });
    if (!response.ok) throw new Error(`${response.status}`);
    return { value: schema ? parse(schema, await response.json()) : null, header: () => null };
  };
  return { ...stage, records: feedThrough(ask) };
}

it('a question that a page has asked is found again with the asker’s own words', async () => {
  const { company, records } = await feedAs(SELLER_A);
  const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_B });
  const text = askText('Adam asks for this client', 'She called me <yesterday> & today');
  await records.addTask({ contactId: String(id), forId: String(SELLER_B), text, dueAt: 1_900_000_000 });
  const [ask, ...more] = await openAsks(records, String(id));
  expect(more).toEqual([]);
  expect(ask).toMatchObject({
    contactId: String(id),
    fromId: String(SELLER_A),
    toId: String(SELLER_B),
    words: 'She called me <yesterday> & today',
  });
  await records.completeTask(ask?.taskId ?? '', 'Yes');
  expect(await openAsks(records, String(id))).toEqual([]);
});

it('the answer to a question is added below the text of its note', async () => {
  const { company, records } = await feedAs(SELLER_A);
  const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_B });
  const text = 'Adam asks for this client\nShe called me <yesterday>';
  await records.addTask({ contactId: String(id), forId: String(SELLER_B), text, dueAt: 1_900_000_000 });
  const [asked] = company.activities.values();
  await records.completeTask(String(asked?.id), 'Yes & no');
  expect(asked).toMatchObject({ done: true, note: 'She called me &lt;yesterday&gt;<br><br>Yes &amp; no' });
});

it('the answer to a question without a note becomes its note', async () => {
  const { company, records } = await feedAs(SELLER_A);
  const { id } = company.addPerson({ name: 'Anna', ownerId: SELLER_B });
  const task = { contactId: String(id), forId: String(SELLER_B), dueAt: 1_900_000_000 };
  await records.addTask({ ...task, text: 'Adam asks for this client' });
  const [asked] = company.activities.values();
  await records.completeTask(String(asked?.id), 'Yes');
  expect(asked).toMatchObject({ done: true, note: 'Yes' });
  // The press is repeated, because its answer was lost.
  await records.completeTask(String(asked?.id), 'Yes');
  expect(asked?.note).toBe('Yes');
});

it.each([
  ['a line\nand another', 'a line\nand another'],
  ['<b>bold</b> & "quoted"', '<b>bold</b> & "quoted"'],
])('plain text is unchanged after it was stored as HTML: %s', (text, read) => {
  expect(plain(asHtml(text))).toBe(read);
});

it.each([
  ['<p>One</p><p>Two</p>', 'One\nTwo'],
  ['One<br />Two', 'One\nTwo'],
  ['<script>alert(1)</script><img src=x onerror="alert(1)">Hello', 'alert(1)Hello'],
])('formatted notes are read as plain text: %s', (html, text) => {
  expect(plain(html)).toBe(text);
});
