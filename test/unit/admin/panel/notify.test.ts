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

/** The real chat service, with a save that goes wrong in this way. */
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

describe('turning the notifications when no answer comes', () => {
  it('finds out that they were turned, and goes on with the list as it then is', async () => {
    const notify = notifyWhen(lostAfter);
    await notify.turn(true);
    expect(notify.state.value).toEqual({ kind: 'saved' });
    expect(shown).toEqual(await servicesOf(stage.world).chat.roles());
    expect(isKeptOn()).toBe(true);
  });

  it('finds out that they were not, and says why', async () => {
    const notify = notifyWhen(() => ({ saveRoles: noAnswer }));
    await notify.turn(true);
    expect(notify.state.value).toMatchObject({ kind: 'failed', failure: { code: 'no-answer' } });
    expect(shown.notifySupervisors).toBe(false);
  });

  it('tells that it looks, and can be left', async () => {
    const notify = notifyWhen(() => ({ saveRoles: noAnswer, settledAfterMs: Infinity }));
    const told: string[] = [];
    notify.state.subscribe(state => {
      told.push(state.kind === 'saving' && state.isLooking ? 'looking' : state.kind);
      if (told.at(-1) === 'looking') notify.leave();
    });
    await notify.turn(true);
    expect(told).toEqual(['idle', 'saving', 'looking', 'unknown']);
  });

  it('finds out that somebody else saved instead', async () => {
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

  it('does not know when the list cannot be read either, and leaves what is shown', async () => {
    const before = shown;
    const notify = notifyWhen(chat => ({ ...lostAfter(chat), roles: noAnswer }));
    await notify.turn(true);
    expect(notify.state.value).toMatchObject({ kind: 'unknown' });
    expect(shown).toBe(before);
  });

  it('knows that nothing was written when it was refused as stale, whatever follows', async () => {
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
