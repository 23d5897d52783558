/** The connected messengers: working ones are folded into one line, the others are listed by name. */
import type { VNode } from 'preact';
import type { Channel } from '../../../domain/channel.ts';
import { Notice } from '../../ui/Notice.tsx';
import { CabinetLink } from '../../words/CabinetLink.tsx';
import { useNames } from '../../words/labels.tsx';
import { useWords } from '../../words/words.tsx';

export function Channels({
  channels,
  cabinetAddress,
  isOpen = false,
}: {
  channels: readonly Channel[];
  cabinetAddress: string;
  /** Lists all channels by name, because they show which account it is. */
  isOpen?: boolean;
}): VNode {
  const t = useWords();
  const names = useNames();
  const list = (shown: readonly Channel[]): VNode => (
    <ul class="channels" aria-label={t('panel.channels')}>
      {shown.map(channel => (
        <li key={channel.id} class="channel">
          <span class="channel-name">{names.channel(channel)}</span>
          <span class="quiet">{t(`messenger.${channel.messenger}`)}</span>
          <span class={`state state-${channel.state}`}>{t(`channelState.${channel.state}`)}</span>
        </li>
      ))}
    </ul>
  );
  const working = channels.filter(({ state }) => state === 'active');
  const others = channels.filter(({ state }) => state !== 'active');
  // Channels that are starting or in an unknown state are listed, but not counted as down.
  const down = others.filter(({ state }) => state !== 'starting' && state !== 'unknown').length;
  const count = channels.length;
  const line = (
    <h3>
      {count === 0
        ? t('panel.channels')
        : others.length === 0
          ? t('panel.channelsAll', { count })
          : t('panel.channelsCount', { count })}
      {down > 0 && `, ${t('panel.channelsFail', { number: down })}`}
    </h3>
  );
  const isFolded = working.length > 0 && !isOpen;
  const named = isFolded ? others : channels;
  return (
    <>
      {isFolded ? (
        <details class="fold">
          <summary>{line}</summary>
          {list(working)}
        </details>
      ) : (
        line
      )}
      {named.length > 0 && list(named)}
      {!channels.some(({ state }) => state === 'active' || state === 'starting') && (
        <Notice tone="info" action={<CabinetLink address={cabinetAddress} />}>
          {t(count > 0 ? 'panel.channelsDown' : 'panel.noChannels')}
        </Notice>
      )}
    </>
  );
}
