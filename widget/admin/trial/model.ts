/** The state of a trial: channel, number, obstacles, and the result of the message. */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Chat, RoleList, Template } from '../../chat/chat.ts';
import type { Channel } from '../../../domain/channel.ts';
import { chatNumber } from '../../../domain/phone.ts';
import type { Role } from '../../../domain/role.ts';
import type { HostPage } from '../../host/host.ts';
import { Failure } from '../../http/failure.ts';
import type { Staff } from '../roles/model/model.ts';
import { settle } from '../../work/settle.ts';
import { becomeSupervisor, type Granted } from './own-role.ts';
import { sendTrial } from './send.ts';
import { openTab, type Tab } from './tab.ts';
import { audienceOf, readyTemplates, wantsTemplate, type Audience, type Verdict } from './trial.ts';

/** `offer`: roles have just been given for the first time. */
export type Occasion = 'asked' | 'offer';

export type Step =
  | { readonly kind: 'writing' }
  | { readonly kind: 'bad-number' }
  | { readonly kind: 'sending' }
  | Exclude<Verdict, { kind: 'sent' }>
  | { readonly kind: 'sent'; readonly number: string };

/** The chats in a separate tab. */
export type Chats =
  | { readonly kind: 'closed' }
  | { readonly kind: 'opening' }
  | { readonly kind: 'open' }
  /** The browser blocked the tab, so the person opens this address. */
  | { readonly kind: 'at'; readonly address: string }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** What can be sent to a person who has not written first. */
export type Templates =
  | { readonly kind: 'not-needed' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'ready'; readonly templates: readonly Template[]; readonly notUnderstood: number };

export type OwnRole =
  | { readonly kind: 'held'; readonly role: Role }
  | { readonly kind: 'none' }
  | { readonly kind: 'saving'; readonly isLooking: boolean }
  /** Roles cannot be changed here. */
  | { readonly kind: 'elsewhere' }
  | Exclude<Granted, { kind: 'saved' }>;

type Loaded = Exclude<Templates, { kind: 'not-needed' }>;
type Granting = Exclude<OwnRole, { kind: 'held' | 'elsewhere' }>;

export type TrialModel = {
  readonly occasion: Occasion;
  /** False if the connection covers only channels and messages. Roles are not mentioned then. */
  readonly knowsRoles: boolean;
  readonly channels: readonly Channel[];
  readonly channel: ReadonlySignal<Channel>;
  readonly phone: Signal<string>;
  /** Whether the person says that they wrote to the channel in the last 24 hours. */
  readonly hasWritten: ReadonlySignal<boolean>;
  readonly templates: ReadonlySignal<Templates>;
  readonly template: ReadonlySignal<Template | undefined>;
  readonly ownRole: ReadonlySignal<OwnRole>;
  readonly step: ReadonlySignal<Step>;
  readonly chats: ReadonlySignal<Chats>;
  readonly audience: ReadonlySignal<Audience>;
  readonly mayWrite: ReadonlySignal<boolean>;
  readonly choose: (channelId: string) => void;
  readonly chooseTemplate: (templateId: string) => void;
  readonly sayHasWritten: (hasWritten: boolean) => void;
  readonly loadTemplates: () => Promise<void>;
  readonly becomeSupervisor: () => Promise<void>;
  /** `opening` is shown in the new tab until the chats load. */
  readonly send: (words: { readonly text: string; readonly opening: string }) => Promise<void>;
  readonly openChats: (opening: string) => Promise<void>;
};

export type TrialGiven = {
  readonly occasion: Occasion;
  readonly knowsRoles: boolean;
  readonly page: Pick<HostPage, 'me' | 'account' | 'employee'>;
  readonly chat: Chat;
  /** Usable channels, at least one. */
  readonly channels: readonly [Channel, ...Channel[]];
  /** The channel that the offer concerns. */
  readonly first?: Channel | undefined;
  readonly list: RoleList;
  readonly staff: ReadonlySignal<Staff>;
  readonly onRoles: (list: RoleList) => void;
};

export function createTrialModel({ page, chat, channels, ...given }: TrialGiven): TrialModel {
  const { me } = page;
  const self = page.employee(me.id);
  const channel = signal(given.first ?? channels[0]);
  const phone = signal(me.phone);
  const hasWritten = signal(false);
  const loaded = signal<Loaded>({ kind: 'loading' });
  const templateId = signal('');
  const list = signal(given.list);
  const granting = signal<Granting>({ kind: 'none' });
  const step = signal<Step>({ kind: 'writing' });
  const chats = signal<Chats>({ kind: 'closed' });

  const templates = computed<Templates>(() =>
    wantsTemplate(channel.value, hasWritten.value) ? loaded.value : { kind: 'not-needed' },
  );
  const template = computed(() => {
    const { value } = templates;
    if (value.kind !== 'ready') return undefined;
    return value.templates.find(one => one.id === templateId.value) ?? value.templates[0];
  });
  const ownRole = computed<OwnRole>(() => {
    const mine = list.value.assignments.find(
      one => one.channelId === channel.value.id && one.employeeId === me.id,
    );
    if (mine) return { kind: 'held', role: mine.role };
    return list.value.writable && self ? granting.value : { kind: 'elsewhere' };
  });

  const show = (tab: Tab | null): Promise<void> =>
    settle<Chats>(
      chats,
      async opening => {
        opening({ kind: 'opening' });
        const address = given.knowsRoles
          ? await chat.windowAddress({ scope: 'global' })
          : chat.cabinetAddress;
        if (!chat.isOwnAddress(address)) throw new Failure('unreadable', 'chat');
        tab?.go(address);
        return tab ? { kind: 'open' } : { kind: 'at', address };
      },
      failure => {
        tab?.close();
        return { kind: 'failed', failure };
      },
    );

  const model: TrialModel = {
    occasion: given.occasion,
    knowsRoles: given.knowsRoles,
    channels,
    channel,
    phone,
    hasWritten,
    templates,
    template,
    ownRole,
    step,
    chats,
    audience: computed(() => {
      const staff = given.staff.value;
      const employees = staff.kind === 'ready' ? staff.employees : [];
      return audienceOf(channel.value, list.value.assignments, employees);
    }),
    mayWrite: computed(() => templates.value.kind === 'not-needed' || template.value !== undefined),
    choose(channelId) {
      channel.value = channels.find(one => one.id === channelId) ?? channel.value;
      granting.value = { kind: 'none' };
      step.value = { kind: 'writing' };
      void model.loadTemplates();
    },
    chooseTemplate: id => {
      templateId.value = id;
    },
    sayHasWritten: said => {
      hasWritten.value = said;
    },
    async loadTemplates() {
      if (templates.value.kind === 'not-needed' || loaded.value.kind === 'ready') return;
      await settle<Loaded>(
        loaded,
        async busy => {
          busy({ kind: 'loading' });
          const { items, notUnderstood } = await chat.templates();
          return { kind: 'ready', templates: readyTemplates(items), notUnderstood };
        },
        failure => ({ kind: 'failed', failure }),
      );
    },
    async becomeSupervisor() {
      if (!self || granting.value.kind === 'saving') return;
      await settle<Granting>(
        granting,
        async busy => {
          busy({ kind: 'saving', isLooking: false });
          const outcome = await becomeSupervisor(chat, list.value, channel.value.id, self, isLooking =>
            busy({ kind: 'saving', isLooking }),
          );
          if ('list' in outcome) {
            list.value = outcome.list;
            given.onRoles(outcome.list);
          }
          return outcome.kind === 'saved' ? { kind: 'none' } : outcome;
        },
        failure => ({ kind: 'unknown', failure }),
      );
    },
    async send({ text, opening }) {
      if (step.value.kind === 'sending' || !model.mayWrite.value) return;
      const opened: { tab: Tab | null } = { tab: null };
      await settle<Step>(
        step,
        async busy => {
          const number = chatNumber(phone.value, page.account.country);
          if (number === null) return { kind: 'bad-number' };
          opened.tab = openTab(opening);
          busy({ kind: 'sending' });
          const verdict = await sendTrial(
            chat,
            {
              channel: channel.value,
              number,
              content: template.value ? { templateId: template.value.id } : { text },
              authorId: me.id,
              clientId: crypto.randomUUID(),
            },
            { id: me.id, name: me.name },
          );
          return verdict.kind === 'sent' ? { kind: 'sent', number } : verdict;
        },
        failure =>
          failure.code === 'timeout' ? { kind: 'unknown' } : { kind: 'refused', failure, problem: null },
      );
      if (step.value.kind === 'sent') await show(opened.tab);
      else opened.tab?.close();
    },
    openChats: opening => show(openTab(opening)),
  };
  void model.loadTemplates();
  return model;
}
