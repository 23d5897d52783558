import { describe, expect, it } from 'vitest';
import type { FollowUp } from '../../../../widget/claim/follow-up/follow-up.ts';
import { outboxStore } from '../../../../widget/claim/follow-up/outbox-store.ts';
import { memoryStorage } from '../../settings/memory-storage.ts';
import { ACCOUNT, simulatedTabs, type Tab } from './simulated-tabs.ts';

const SECOND = 1000;
const WEEK = 7 * 24 * 3600 * SECOND;
const note = (text: string, contactId = '1'): FollowUp => ({ kind: 'note', contactId, text });
const states = ({ outbox }: Tab): readonly string[] => outbox.shown.value.map(({ state }) => state.kind);
const texts = ({ outbox }: Tab): readonly string[] =>
  outbox.shown.value.map(({ followUp }) => (followUp.kind === 'note' ? followUp.text : followUp.kind));

describe('the outbox', () => {
  it('does at once what is put into it, and keeps nothing of it', async () => {
    const browser = simulatedTabs({});
    const tab = browser.open();
    tab.outbox.add([note('One'), note('Two')]);
    await browser.flush();
    expect(states(tab)).toEqual(['over', 'over']);
    expect(browser.notes.map(({ text }) => text)).toEqual(['One', 'Two']);
    expect(browser.kept.size).toBe(0);
  });

  it('shows what waits, and does it later by itself', async () => {
    const browser = simulatedTabs({ faults: ['down'] });
    const tab = browser.open();
    tab.outbox.add([note('One')]);
    await browser.flush();
    expect(tab.outbox.shown.value).toMatchObject([
      { state: { kind: 'later', outcome: { kind: 'failed', failure: { code: 'no-answer' } } } },
    ]);
    await browser.pass(90 * SECOND);
    expect(states(tab)).toEqual(['over']);
  });

  it('lets the next one go on when one has to wait', async () => {
    const browser = simulatedTabs({ faults: ['down'] });
    const tab = browser.open();
    tab.outbox.add([note('One'), note('Two')]);
    await browser.flush();
    expect(states(tab)).toEqual(['later', 'over']);
  });

  it('waits as long as the CRM asks for, and no read is needed after a clear refusal', async () => {
    const browser = simulatedTabs({ faults: ['busy'] });
    const tab = browser.open();
    tab.outbox.add([note('One')]);
    await browser.pass(19 * SECOND);
    expect(states(tab)).toEqual(['later']);
    await browser.pass(2 * SECOND);
    expect(states(tab)).toEqual(['over']);
  });

  it('tries at once when the person says so', async () => {
    const browser = simulatedTabs({ faults: ['busy', 'refused'] });
    const tab = browser.open();
    const [id = ''] = tab.outbox.add([note('One')]);
    await browser.flush();
    tab.outbox.retry(id);
    await browser.flush();
    expect(tab.outbox.shown.value).toMatchObject([{ state: { kind: 'over', outcome: { kind: 'failed' } } }]);
    tab.outbox.retry(id);
    await browser.flush();
    expect(browser.notes).toHaveLength(1);
  });

  it('tries what found no connection as soon as there is one', async () => {
    const browser = simulatedTabs({ faults: ['down'] });
    const tab = browser.open();
    tab.outbox.add([{ kind: 'answer', contactId: '1', taskId: '7', text: 'No' }]);
    await browser.flush();
    tab.outbox.online();
    await browser.flush();
    expect(browser.answers).toEqual(['7']);
  });

  it('is found again by the next page, with what it says about the failure', async () => {
    const browser = simulatedTabs({ faults: ['busy'] });
    const first = browser.open();
    first.outbox.add([note('One')]);
    await browser.flush();
    first.die();
    const next = browser.open();
    expect(next.outbox.shown.value).toMatchObject([
      { state: { kind: 'later', outcome: { kind: 'failed', failure: { code: 'too-many' } } } },
    ]);
    await browser.pass(30 * SECOND);
    expect(states(next)).toEqual(['over']);
  });

  it('shows in one tab what another one has done', async () => {
    const browser = simulatedTabs({ faults: ['busy'] });
    const [one, other] = [browser.open(), browser.open()];
    one.outbox.add([note('One')]);
    await browser.flush();
    other.outbox.look();
    expect(texts(other)).toEqual(['One']);
    await browser.pass(60 * SECOND);
    [one, other].forEach(({ outbox }) => outbox.look());
    expect([...states(one), ...states(other)]).toEqual(['over']);
    expect(browser.notes).toHaveLength(1);
  });

  it('keeps two hundred and fifty, and tells which of the oldest it dropped', async () => {
    const browser = simulatedTabs({ faults: Array.from({ length: 999 }, () => 'busy' as const) });
    const tab = browser.open();
    tab.outbox.add(Array.from({ length: 252 }, (_, at) => note(`${at}`, `${at}`)));
    await browser.flush();
    tab.outbox.look();
    expect(tab.outbox.shown.value).toHaveLength(250);
    expect(tab.outbox.dropped.value).toEqual([note('0', '0'), note('1', '1')]);
    tab.outbox.dismiss();
    expect(tab.outbox.dropped.value).toEqual([]);
  }, 30_000);

  it('gives up what has waited for a week, and says so', async () => {
    const browser = simulatedTabs({ faults: Array.from({ length: 9999 }, () => 'busy' as const) });
    const tab = browser.open();
    tab.outbox.add([note('One')]);
    await browser.flush();
    tab.die();
    await browser.pass(WEEK + SECOND);
    const next = browser.open();
    expect(next.outbox.dropped.value).toEqual([note('One')]);
    expect(browser.kept.size).toBe(0);
  });

  it('takes back what waits, and says what was certainly not done', async () => {
    const browser = simulatedTabs({ faults: ['busy', 'late'] });
    const tab = browser.open();
    const ids = tab.outbox.add([note('Refused'), note('Lost')]);
    await browser.flush();
    expect(tab.outbox.cancel(ids)).toEqual([ids[0]]);
    await browser.pass(600 * SECOND);
    expect(browser.notes.map(({ text }) => text)).toEqual(['Lost']);
  });
});

describe('what the outbox keeps', () => {
  it('is nobody else’s', async () => {
    const browser = simulatedTabs({ faults: ['busy'] });
    browser.open().outbox.add([note('One')]);
    await browser.flush();
    const storage = memoryStorage(browser.kept);
    expect(outboxStore(() => storage, ACCOUNT).all()).toHaveLength(1);
    expect(outboxStore(() => storage, { ...ACCOUNT, person: '9' }).all()).toEqual([]);
  });

  it('outlives a storage that is full', async () => {
    const full = memoryStorage();
    full.setItem = () => {
      throw new DOMException('Full', 'QuotaExceededError');
    };
    const browser = simulatedTabs({ faults: ['busy'] });
    const tab = browser.open(() => full);
    tab.outbox.add([note('One')]);
    await browser.pass(60 * SECOND);
    expect(states(tab)).toEqual(['over']);
    expect(browser.notes).toHaveLength(1);
  });

  it('is no older state of something that was sent since, also in a storage that became full', async () => {
    const browser = simulatedTabs({ faults: ['late'] });
    const storage = memoryStorage(browser.kept);
    const put = storage.setItem.bind(storage);
    let room = 1;
    storage.setItem = (key, value) => {
      room -= 1;
      if (room < 0) throw new DOMException('Full', 'QuotaExceededError');
      put(key, value);
    };
    const tab = browser.open(() => storage);
    tab.outbox.add([note('One')]);
    await browser.flush();
    tab.die();
    browser.open();
    await browser.pass(600 * SECOND);
    expect(browser.notes).toHaveLength(1);
  });

  it('is not done again when the browser does not let it go', async () => {
    const browser = simulatedTabs({});
    const storage = memoryStorage(browser.kept);
    storage.removeItem = () => {
      throw new DOMException('Not today', 'SecurityError');
    };
    const tab = browser.open(() => storage);
    tab.outbox.add([{ kind: 'answer', contactId: '1', taskId: '7', text: 'No' }]);
    await browser.pass(600 * SECOND);
    expect(browser.answers).toEqual(['7']);
  });

  it.each([true, false])('is sent by one of two tabs that begin at once (locks: %s)', async isLocking => {
    const browser = simulatedTabs({ faults: ['busy'], isLocking, latency: 20 * SECOND });
    const first = browser.open();
    first.outbox.add([note('One')]);
    await browser.pass(30 * SECOND);
    first.die();
    await browser.pass(600 * SECOND);
    browser.open();
    browser.open();
    await browser.pass(600 * SECOND);
    expect(browser.notes).toHaveLength(1);
  });

  it.each([true, false])('is begun by the tab that made it (locks: %s)', async isLocking => {
    const browser = simulatedTabs({ isLocking, latency: 1000 });
    const [one, other] = [browser.open(), browser.open()];
    one.outbox.add([note('One')]);
    other.outbox.look();
    await browser.pass(60 * SECOND);
    expect([states(one), states(other)]).toEqual([['over'], []]);
  });

  it('leaves a later version’s entries alone', async () => {
    const browser = simulatedTabs({});
    const key = `crm-chat-roles:outbox:${ACCOUNT.account}:v2:${ACCOUNT.person}:1`;
    browser.kept.set(key, '{"later":true}');
    browser.open();
    await browser.pass(60 * SECOND);
    expect(browser.kept.get(key)).toBe('{"later":true}');
  });
});
