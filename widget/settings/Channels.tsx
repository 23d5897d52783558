/** The messengers that are connected, and whether they work. */
import type { VNode } from 'preact';
import type { Channel } from '../../domain/channel.ts';
import { Notice } from '../ui/Notice.tsx';
import { CabinetLink } from '../CabinetLink.tsx';
import { useNames } from '../labels.tsx';
import { useWords } from '../words.tsx';

export function Channels({
  channels,
  cabinetAddress,
}: {
  channels: readonly Channel[];
  cabinetAddress: string;
}): VNode {
  const t = useWords();
  const names = useNames();
  return (
    <>
      <h3>{t('panel.channels')}</h3>
      {channels.length > 0 && (
        <ul class="channels" aria-label={t('panel.channels')}>
          {channels.map(channel => (
            <li key={channel.id} class="channel">
              <span class="channel-name">{names.channel(channel)}</span>
              <span class="quiet">{t(`messenger.${channel.messenger}`)}</span>
              <span class={`state state-${channel.state}`}>{t(`channelState.${channel.state}`)}</span>
            </li>
          ))}
        </ul>
      )}
      {!channels.some(({ state }) => state === 'active' || state === 'starting') && (
        <Notice tone="info" action={<CabinetLink address={cabinetAddress} />}>
          {t(channels.length > 0 ? 'panel.channelsDown' : 'panel.noChannels')}
        </Notice>
      )}
    </>
  );
}
