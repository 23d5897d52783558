/** The panel of a connected account: channels, roles at a glance, and what the admin can do. */
import type { VNode } from 'preact';
import type { RoleList } from '../chat/chat.ts';
import type { Channel } from '../domain/channel.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useWords } from '../words.tsx';
import { Channels } from './Channels.tsx';
import type { News, PanelModel } from './model.ts';
import { RolesAtAGlance } from './RolesAtAGlance.tsx';
import { StandInOwner } from './StandInOwner.tsx';

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
            <Button kind="primary" busy={dialog.kind === 'opening'} onPress={() => void model.select()}>
              {t('panel.select')}
            </Button>
          )}
          <Button busy={model.news.value.kind === 'refreshing'} onPress={() => void model.refresh()}>
            {t(model.news.value.kind === 'refreshing' ? 'panel.refreshing' : 'panel.refresh')}
          </Button>
        </div>
      )}
      <LastNews news={model.news.value} />
      {dialog.kind === 'not-loaded' && <Notice tone="problem">{t('card.notLoaded')}</Notice>}
      {model.mayChange && <StandInOwner model={model} />}
      <p class="quiet">{t('panel.window')}</p>
      {dialog.kind === 'open' && dialog.render(model.closeDialog)}
    </>
  );
}

function LastNews({ news }: { news: News }): VNode | null {
  const t = useWords();
  switch (news.kind) {
    case 'none':
    case 'refreshing':
      return null;
    case 'roles-saved':
      return <Notice tone="success">{t('panel.saved')}</Notice>;
    case 'refreshed':
      return <Notice tone="success">{t('panel.refreshed', { count: news.employees })}</Notice>;
    case 'not-refreshed':
      return <Notice tone="problem">{t(`failure.${news.failure.service}.${news.failure.code}`)}</Notice>;
  }
}
