import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask, askFrom, askText, openAsks, whomToAsk } from '../../../../widget/seller/colleagues/ask.ts';
import type { Role } from '../../../../domain/role.ts';
import { HEAD_OF_SALES, SELLER_B } from '../../../world/people.ts';
import { A, askingStage, B } from './asking-stage.ts';

const TEXT = askText('Adam is asking for this client', 'We met\nat the fair ');
const POST = /^POST \/api\/v4\/tasks/;
const GET = /^GET \/api\/v4\/tasks/;
const HEAD = String(HEAD_OF_SALES);

let at: ReturnType<typeof askingStage>;
beforeEach(() => {
  at = askingStage();
  at.client.responsibleUserId = SELLER_B;
});
afterEach(() => at.close());

const put = () =>
  ask(at.records, { contactId: at.contactId, me: A, toId: B, text: TEXT, dueAt: 1_793_700_000 });
const open = () => openAsks(at.records, at.contactId);
const tasks = () => [...at.world.crm.tasks.values()];

describe('asking for a client', () => {
  it('creates a task for the owner with my words, which is open until it is answered', async () => {
    expect(await put()).toMatchObject({ kind: 'asked', ask: { fromId: A, toId: B } });
    at.stage.person = SELLER_B;
    const [question] = await open();
    expect(question).toMatchObject({ contactId: at.contactId, words: 'We met\nat the fair', fromId: A });
    await at.records.completeTask(question?.taskId ?? '', 'No');
    expect(await open()).toEqual([]);
    expect(tasks()).toMatchObject([{ isCompleted: true, result: 'No', responsibleUserId: SELLER_B }]);
  });

  it('creates one task, even if I ask again', async () => {
    await put();
    expect(await put()).toMatchObject({ kind: 'asked' });
    expect(tasks()).toHaveLength(1);
  });

  it('finds the task when only the answer was lost', async () => {
    at.world.disturbances.add(POST, 'broken-json');
    expect(await put()).toMatchObject({ kind: 'asked', ask: { toId: B } });
    expect(tasks()).toHaveLength(1);
  });

  it('has an unknown outcome when there was no answer and the CRM shows no task', async () => {
    at.world.disturbances.add(POST, 'cut');
    expect(await put()).toMatchObject({ kind: 'unknown' });
  });

  it('creates no task when the CRM cannot tell whether there is one already', async () => {
    at.world.disturbances.add(GET, 'broken-json');
    expect(await put()).toMatchObject({ kind: 'failed' });
    expect(tasks()).toEqual([]);
  });

  it('recognizes a question by its mark, in any language', () => {
    const task = { id: '1', contactId: '2', fromId: A, forId: B };
    expect(askFrom({ ...task, text: 'Call back' })).toBeNull();
    expect(askFrom({ ...task, text: askText('Артём просит передать клиента', '') })?.words).toBe('');
    expect(askFrom({ ...task, text: TEXT.replaceAll('\n', '\r\n') })?.words).toBe('We met\r\nat the fair');
  });
});

describe('the colleague to ask', () => {
  const seat = (employeeId: string, channelId: string, role: Role = 'supervisor') => ({
    employeeId,
    channelId,
    role,
    receivesNewClients: false,
  });
  const whom = (given: Partial<Parameters<typeof whomToAsk>[0]>): string | undefined =>
    whomToAsk({
      owner: at.employees().find(({ id }) => id === B),
      isAway: false,
      me: A,
      employees: at.employees(),
      assignments: [seat('8001', 'wholesale'), seat(HEAD, 'sales'), seat(A, 'sales')],
      clientChannelIds: ['sales'],
      ...given,
    })?.id;

  it('is the owner', () => {
    expect(whom({})).toBe(B);
  });

  it.each([
    ['is away', { isAway: true }],
    ['no longer works here', { owner: undefined }],
  ])('is a supervisor of the client’s channel when the owner %s', (_, given) => {
    expect(whom(given)).toBe(HEAD);
  });

  it('is any supervisor when the client’s channels have none', () => {
    expect(whom({ isAway: true, clientChannelIds: ['other'] })).toBe('8001');
  });

  it('is nobody when there is no supervisor, or only me', () => {
    expect(
      whom({ isAway: true, assignments: [seat(A, 'sales'), seat(B, 'sales', 'seller')] }),
    ).toBeUndefined();
  });
});
