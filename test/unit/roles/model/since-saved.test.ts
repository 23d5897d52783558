import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Chat, RoleList } from '../../../../widget/chat/chat.ts';
import type { Assignment } from '../../../../widget/domain/assignment.ts';
import type { Change } from '../../../../widget/roles/rules/draft.ts';
import type { Kept, KeptChanges } from '../../../../widget/roles/model/kept-changes.ts';
import { createSinceSaved, type SinceSaved } from '../../../../widget/roles/model/since-saved.ts';
import { stageInNode, type NodeStage } from '../../../mocks/node.ts';
import { ADMIN } from '../../../world/people.ts';
import { servicesOf } from '../../services.ts';

const seat = { channelId: 'sales', employeeId: '1' };
const mine: Assignment = { ...seat, role: 'seller', receivesNewClients: true };
const change: Change = {
  seat,
  before: { role: null, receivesNewClients: false },
  after: { role: 'seller', receivesNewClients: true },
};
const listOf = (version: string, ...assignments: readonly Assignment[]): RoleList => ({
  assignments,
  version,
  notifySupervisors: false,
  writable: true,
});

/** What one computer keeps. */
function computer(): KeptChanges {
  let kept: Kept | null = null;
  return {
    read: () => kept,
    write: next => {
      kept = next;
      return true;
    },
    drop: () => {
      kept = null;
    },
  };
}

let stage: NodeStage;
let panel: AbortController;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  stage = stageInNode({ person: ADMIN });
  panel = new AbortController();
});
afterEach(() => {
  panel.abort();
  stage.close();
  vi.useRealTimers();
});

/** A panel over a service without versions that shows `shown` and would read `there`. */
function open(memory: KeptChanges, shown: RoleList, there: () => RoleList = () => shown): SinceSaved {
  let list = shown;
  const chat: Chat = { ...servicesOf(stage.world).chat, roles: async () => there() };
  return createSinceSaved({
    memory,
    chat: () => chat,
    list: () => list,
    onList: next => {
      list = next;
    },
    now: () => 5,
    signal: panel.signal,
  });
}

describe('roles that I saved in a service without versions', () => {
  it('are not told about while they stand', () => {
    const memory = computer();
    const since = open(memory, listOf('', mine));
    since.saved(listOf('', mine), [change]);
    expect(since.undone.value).toEqual([]);
  });

  it('are told at the next opening when somebody has undone them, until I have seen it', () => {
    const memory = computer();
    open(memory, listOf('', mine)).saved(listOf('', mine), [change]);
    const next = open(memory, listOf(''));
    expect(next.undone.value).toMatchObject([{ seat }]);
    next.forget();
    expect(open(memory, listOf('')).undone.value).toEqual([]);
  });

  it('are looked at every half a minute while the panel is open, and no longer', async () => {
    let reads = 0;
    const since = open(computer(), listOf('', mine), () => {
      reads += 1;
      return listOf('');
    });
    await vi.advanceTimersByTimeAsync(30_000);
    expect(reads).toBe(0);
    since.saved(listOf('', mine), [change]);
    await vi.advanceTimersByTimeAsync(30_000);
    expect([reads, since.undone.value.length]).toEqual([1, 1]);
    panel.abort();
    await vi.advanceTimersByTimeAsync(90_000);
    expect(reads).toBe(1);
  });
});

it('a service that names its versions undoes nothing unseen: nothing is kept', () => {
  const memory = computer();
  open(memory, listOf('"1"', mine)).saved(listOf('"1"', mine), [change]);
  expect(memory.read()).toBeNull();
});
