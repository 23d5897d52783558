/** The panel of a connected account: channels, roles at a glance, and what the admin can do. */
import type { VNode } from 'preact';
import type { RoleList } from '../chat/chat.ts';
import type { Channel } from '../domain/channel.ts';
import { DraftWaits, Undone } from '../roles/view/PanelNews.tsx';
import { UndoSave } from '../roles/view/UndoSave.tsx';
import { usableChannels } from '../trial/trial.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useWords } from '../words.tsx';
import { Additional } from './Additional.tsx';
import { Channels } from './Channels.tsx';
import { ChannelToChoose } from './ChannelToChoose.tsx';
import { HowTaken } from './HowTaken.tsx';
import type { PanelModel } from './model.ts';
import { RefreshReport } from './RefreshReport.tsx';
import { PanelWarnings } from './PanelWarnings.tsx';
import { RolesAtAGlance } from './RolesAtAGlance.tsx';

export function Connected({
  model,
  channels,
  list,
  address,
}: {
  model: PanelModel;
  channels: readonly Channel[];
  list: RoleList;
  address: string;
}): VNode {
  const t = useWords();
  const dialog = model.dialog.value;
  const isRefreshing = model.refresh.state.value.kind === 'running';
  return (
    <>
      <p class="quiet">
        {t('panel.connect.connected', { address })}{' '}
        {model.mayChange && (
          <Button kind="link" onPress={model.disconnect}>
            {t('panel.connect.change')}
          </Button>
        )}
      </p>
      <Channels channels={channels} cabinetAddress={model.cabinetAddress} />
      {channels.length > 0 && <RolesAtAGlance list={list} />}
      {model.mayChange && (
        <div class="actions">
          {channels.length > 0 && (
            <Button kind="primary" busy={dialog.kind === 'opening'} onPress={model.select}>
              {t('panel.select')}
            </Button>
          )}
          <Button busy={isRefreshing} onPress={model.refresh.run}>
            {t(isRefreshing ? 'panel.refreshing' : 'panel.refresh')}
          </Button>
          {usableChannels(channels).length > 0 && (
            <Button onPress={model.tryChats}>{t('trial.title')}</Button>
          )}
        </div>
      )}
      {dialog.kind === 'not-loaded' && <Notice tone="problem">{t('card.notLoaded')}</Notice>}
      {model.mayChange ? (
        <Rest model={model} channels={channels} list={list} isRefreshing={isRefreshing} />
      ) : (
        <p class="quiet">{t('panel.window')}</p>
      )}
      {dialog.kind === 'open' && dialog.render(model.closeDialog)}
    </>
  );
}

/** All that needs the employees comes beneath the buttons and at once, so that nothing moves under a pointer. */
function Rest({
  model,
  channels,
  list,
  isRefreshing,
}: {
  model: PanelModel;
  channels: readonly Channel[];
  list: RoleList;
  isRefreshing: boolean;
}): VNode {
  const t = useWords();
  const staff = model.staff.value;
  if (staff.kind === 'loading' && !isRefreshing)
    return (
      <div class="skeleton skeleton-rest">
        <p class="quiet" role="status">
          {t('roles.loading', { count: staff.directory.length })}
        </p>
      </div>
    );
  return (
    <>
      <PanelWarnings model={model} channels={channels} list={list} />
      <LastNews model={model} list={list} />
      <RolesNews model={model} />
      <RefreshReport refresh={model.refresh} />
      <p class="quiet">{t('refresh.outside')}</p>
      <HowTaken model={model} />
      <Additional model={model} channels={channels} list={list} />
      <p class="quiet">{t('panel.window')}</p>
    </>
  );
}

function RolesNews({ model }: { model: PanelModel }): VNode {
  const staff = model.staff.value;
  const kept = model.draftKept.value;
  return (
    <>
      {kept && model.dialog.value.kind === 'closed' && (
        <DraftWaits
          kept={kept}
          now={Date.now()}
          locale={model.locale}
          onResume={() => void model.select(undefined, 'resume')}
          onDiscard={model.discardDraft}
        />
      )}
      <Undone sinceSaved={model.sinceSaved} employees={staff.kind === 'ready' ? staff.employees : []} />
    </>
  );
}

function LastNews({ model, list }: { model: PanelModel; list: RoleList }): VNode | null {
  const t = useWords();
  const news = model.news.value;
  switch (news.kind) {
    case 'none':
      return null;
    case 'roles-saved':
      // "They already apply" is not certain any more.
      if (['undone', 'failed', 'unknown'].includes(news.undo.state.value.kind))
        return <UndoSave undo={news.undo} list={list} />;
      return (
        <>
          <Notice tone="success" action={<UndoSave undo={news.undo} list={list} />}>
            {t('panel.saved')}
            {news.alongside > 0 && ` ${t('undoSave.alongside', { count: news.alongside })}`}
          </Notice>
          <ChannelToChoose own={model.own} employees={news.withoutChannel} list={list} />
        </>
      );
  }
}
