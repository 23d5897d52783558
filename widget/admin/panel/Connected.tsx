/** The panel of a connected account: a summary of roles, the admin's actions, and the state behind them. */
import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { ChatMode, RoleList, Standing as StandingState } from '../../chat/chat.ts';
import { onChannels, type Assignment } from '../../../domain/assignment.ts';
import type { Channel } from '../../../domain/channel.ts';
import { DraftWaits } from '../roles/view/DraftWaits.tsx';
import { usableChannels } from '../trial/trial.ts';
import { Button } from '../../ui/Button.tsx';
import { NotUnderstood } from '../../words/NotUnderstood.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { LabelsProvider } from '../../words/labels.tsx';
import { useWords } from '../../words/words.tsx';
import { CabinetLink } from '../../words/CabinetLink.tsx';
import { Additional } from './Additional.tsx';
import { Agreement } from './Agreement.tsx';
import { Channels } from './Channels.tsx';
import { ChannelToChoose } from './ChannelToChoose.tsx';
import { HowTaken } from './HowTaken.tsx';
import { AllowLink } from './AllowLink.tsx';
import { Leaving } from './Leaving.tsx';
import { LetRoles } from './LetRoles.tsx';
import type { PanelModel } from './model.ts';
import { isUnfinished } from './refresh.ts';
import { RefreshReport } from './RefreshReport.tsx';
import { PanelWarnings } from './PanelWarnings.tsx';
import { RolesAtAGlance } from './RolesAtAGlance.tsx';

const NOBODY: ReadonlyMap<string, string> = new Map();

export function Connected({
  model,
  channels,
  list,
  mode,
  standing,
  channelsNotUnderstood,
}: {
  model: PanelModel;
  channels: readonly Channel[];
  list: RoleList;
  mode: ChatMode;
  standing: StandingState;
  channelsNotUnderstood: number;
}): VNode {
  const t = useWords();
  const dialog = model.dialog.value;
  const staff = model.staff.value;
  const isRefreshing = model.refresh.state.value.kind === 'running';
  const knowsRoles = mode !== 'channels';
  const areAllKnown = channelsNotUnderstood === 0;
  const assignments = useMemo(
    () => onChannels(list.assignments, channels, areAllKnown),
    [list, channels, areAllKnown],
  );
  const connection = <Standing model={model} mode={mode} standing={standing} />;
  // If the connection allows less than an admin may expect, that is shown first.
  const isLimited = mode !== 'roles';
  const foot = (
    <>
      {!isLimited && connection}
      <p class="quiet">{t('panel.window')}</p>
    </>
  );
  return (
    <LabelsProvider people={staff.kind === 'failed' ? NOBODY : staff.labels} channels={channels}>
      {model.mayChange && !standing.isLetIn && (
        <Notice tone="problem" action={<AllowLink model={model} />}>
          {t('panel.connect.notLetIn')}
        </Notice>
      )}
      {isLimited && connection}
      {knowsRoles && channels.length > 0 && <RolesAtAGlance assignments={assignments} />}
      <NotUnderstood counts={{ channels: channelsNotUnderstood, roles: list.notUnderstood }} />
      {model.mayChange && (
        <div class="actions">
          {knowsRoles && channels.length > 0 && (
            <Button kind="primary" onPress={model.select}>
              {t('panel.select')}
            </Button>
          )}
          {knowsRoles && (
            <Button busy={isRefreshing} onPress={model.refresh.run}>
              {t(isRefreshing ? 'panel.refreshing' : 'panel.refresh')}
            </Button>
          )}
          {usableChannels(channels).length > 0 && (
            <Button onPress={model.tryChats}>{t('trial.title')}</Button>
          )}
          <Button kind="link" onPress={model.history}>
            {t('history.title')}
          </Button>
        </div>
      )}
      {dialog.kind === 'failed' && <Notice tone="problem">{t('failure.defect')}</Notice>}
      {model.mayChange && knowsRoles ? (
        <Rest model={model} channels={channels} list={list} assignments={assignments}>
          {foot}
        </Rest>
      ) : (
        <>
          <Channels channels={channels} cabinetAddress={model.cabinetAddress} />
          {foot}
        </>
      )}
      {dialog.kind === 'open' && dialog.render(model.closeDialog)}
    </LabelsProvider>
  );
}

/** What the connection allows, and how to replace it. */
function Standing({
  model,
  mode,
  standing: { ways, roles },
}: {
  model: PanelModel;
  mode: ChatMode;
  standing: StandingState;
}): VNode {
  const t = useWords();
  const isSure = useSignal(false);
  return (
    <>
      <p class="quiet">
        {t(`connect.mode.${mode}`)} {mode !== 'roles' && <CabinetLink address={model.cabinetAddress} />}{' '}
        {model.mayChange && ways.length > 0 && (
          <>
            <Button kind="link" onPress={model.replace}>
              {t('panel.connect.change')}
            </Button>{' '}
            <Button kind="link" onPress={() => (isSure.value = true)}>
              {t('panel.connect.disconnect')}
            </Button>
          </>
        )}
      </p>
      <LetRoles model={model} roles={roles} />
      {isSure.value && <Leaving model={model} onCancel={() => (isSure.value = false)} />}
    </>
  );
}

/**
 * Everything that needs the employees. It appears below the buttons and all at once, so that nothing moves under the
 * pointer.
 */
function Rest({
  model,
  channels,
  list,
  assignments,
  children,
}: {
  model: PanelModel;
  channels: readonly Channel[];
  list: RoleList;
  assignments: readonly Assignment[];
  /** Rendered last. */
  children: VNode;
}): VNode {
  const t = useWords();
  const { agreement } = model;
  // Does not wait for the employees. Reads again whenever the panel is reopened.
  useEffect(() => void agreement.read(), [agreement]);
  const staff = model.staff.value;
  const refreshed = model.refresh.state.value;
  const isComing = staff.kind === 'loading' && refreshed.kind !== 'running';
  if (isComing || model.own.state.value.kind === 'reading')
    return (
      <div class="skeleton skeleton-rest">
        <p class="quiet" role="status">
          {isComing ? t('roles.loading', { count: staff.directory.length }) : t('own.reading')}
        </p>
      </div>
    );
  return (
    <>
      {staff.kind === 'ready' && <NotUnderstood counts={{ employees: staff.notUnderstood }} />}
      <PanelWarnings model={model} channels={channels} list={list} assignments={assignments} />
      <LastNews model={model} assignments={assignments} />
      <DraftNews model={model} />
      <Agreement model={model} isTold={refreshed.kind === 'reported' && isUnfinished(refreshed.steps.chat)} />
      <RefreshReport refresh={model.refresh} isOld={model.news.value.kind !== 'none'} />
      <Channels channels={channels} cabinetAddress={model.cabinetAddress} />
      <HowTaken model={model} />
      <Additional model={model} channels={channels} list={list} assignments={assignments} />
      {children}
    </>
  );
}

function DraftNews({ model }: { model: PanelModel }): VNode | null {
  const draft = model.waitingDraft.value;
  if (!draft || model.dialog.value.kind !== 'closed') return null;
  return (
    <DraftWaits
      draft={draft}
      now={Date.now()}
      locale={model.locale}
      onResume={() => void model.select(undefined, 'resume')}
      onDiscard={model.discardDraft}
    />
  );
}

function LastNews({
  model,
  assignments,
}: {
  model: PanelModel;
  assignments: readonly Assignment[];
}): VNode | null {
  const t = useWords();
  const news = model.news.value;
  if (news.kind === 'none') return null;
  return (
    <Notice
      tone="success"
      action={<ChannelToChoose own={model.own} employees={news.withoutChannel} assignments={assignments} />}
    >
      {t('panel.saved')}
      {news.alongside > 0 && ` ${t('panel.alongside', { count: news.alongside })}`}
    </Notice>
  );
}
