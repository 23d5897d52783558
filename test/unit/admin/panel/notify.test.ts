import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Chat, RoleList } from '../../../../widget/chat/chat.ts';
import { Failure } from '../../../../widget/http/failure.ts';
import { createNotify, type NotifyModel } from '../../../../widget/admin/panel/notify.ts';
import { stageInNode, type NodeStage } from '../../../mocks/node.ts';
import { ADMIN } from '../../../world/people.ts';
import { servicesOf } from '../../../support/services.ts';

let stage: NodeStage;
let shown: RoleList;
beforeEach(async () => {
  stage = stageInNode({ person: ADMIN });
  shown = await servicesOf(stage.world).chat.roles();
});
afterEach(() => stage.close());

/** The real chat client, with a save that goes wrong in the given way. */
function notifyWhen(goesWrong: (chat: Chat) => Partial<Chat>): NotifyModel {
  const { chat } = servicesOf(stage.world);
  const troubled: Chat = { ...chat, settledAfterMs: 300, ...goesWrong(chat) };
  return createNotify({
    chat: () => troubled,
    list: () => shown,
    onList(list) {
      shown = list;
    },
  });
}
const isKeptOn = () => stage.world.chat.settings.pushInputOutputMessageEventsForManagers;
const noAnswer = (): Promise<never> => Promise.reject(new Failure('no-answer', 'chat'));
const lostAfter = (chat: Chat) => ({
  saveRoles: (list: Parameters<Chat['saveRoles']>[0]) => chat.saveRoles(list).then(noAnswer),
});

describe('a switch of notifications without an answer', () => {
  it('finds out that it was saved, and shows the current list', async () => {
    const notify = notifyWhen(lostAfter);
    await notify.turn(true);
    expect(notify.state.value).toEqual({ kind: 'saved' });
    expect(shown).toEqual(await servicesOf(stage.world).chat.roles());
    expect(isKeptOn()).toBe(true);
  });

  it('finds out that it was not saved, and says why', async () => {
    const notify = notifyWhen(() => ({ saveRoles: noAnswer }));
    await notify.turn(true);
    expect(notify.state.value).toMatchObject({ kind: 'failed', failure: { code: 'no-answer' } });
    expect(shown.notifySupervisors).toBe(false);
  });

  it('shows that it is looking, and can be abandoned', async () => {
    const notify = notifyWhen(() => ({ saveRoles: noAnswer, settledAfterMs: Infinity }));
    const states: string[] = [];
    notify.state.subscribe(state => {
      states.push(state.kind === 'saving' && state.isLooking ? 'looking' : state.kind);
      if (states.at(-1) === 'looking') notify.leave();
    });
    await notify.turn(true);
    expect(states).toEqual(['idle', 'saving', 'looking', 'unknown']);
  });

  it('finds out that another admin saved instead', async () => {
    const notify = notifyWhen(() => ({
      saveRoles() {
        const role = { channelId: 'x', userId: '1', role: 'auditor' as const, allowGetNewClients: false };
        stage.world.chat.settings = { ...stage.world.chat.settings, userRoles: [role] };
        return noAnswer();
      },
    }));
    await notify.turn(true);
    expect(notify.state.value).toEqual({ kind: 'stale' });
    expect(shown.assignments).toHaveLength(1);
  });

  it('is unknown when the list cannot be read either, and the shown list stays', async () => {
    const before = shown;
    const notify = notifyWhen(chat => ({ ...lostAfter(chat), roles: noAnswer }));
    await notify.turn(true);
    expect(notify.state.value).toMatchObject({ kind: 'unknown' });
    expect(shown).toBe(before);
  });

  it('counts as not saved when it was refused as stale, even if the list cannot be read', async () => {
    const notify = notifyWhen(() => ({
      saveRoles: () => Promise.reject(new Failure('stale', 'chat')),
      roles: noAnswer,
    }));
    await notify.turn(true);
    expect(notify.state.value).toMatchObject({ kind: 'failed', failure: { code: 'no-answer' } });
  });
});

describe('the switch', () => {
  it('sends nothing while it is being saved, or when the roles are read-only', async () => {
    let saves = 0;
    const notify = notifyWhen(chat => ({
      saveRoles(list) {
        saves += 1;
        return chat.saveRoles(list);
      },
    }));
    await Promise.all([notify.turn(true), notify.turn(false)]);
    expect([saves, isKeptOn()]).toEqual([1, true]);
    shown = { ...shown, writable: false };
    await notify.turn(false);
    expect([saves, isKeptOn()]).toEqual([1, true]);
  });
});
