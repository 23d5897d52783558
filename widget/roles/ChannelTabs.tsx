/** Roles are given per channel: one tab each. With a single channel there is nothing to choose, and no tabs. */
import type { VNode } from 'preact';
import type { Channel } from '../domain/channel.ts';
import { useWords } from '../words.tsx';

export function ChannelTabs({
  channels,
  chosen,
  panelId,
  onChoose,
}: {
  channels: readonly Channel[];
  chosen: string;
  panelId: string;
  onChoose: (channelId: string) => void;
}): VNode | null {
  const t = useWords();
  if (channels.length < 2) return null;
  const step = (by: number): void => {
    const at = channels.findIndex(channel => channel.id === chosen);
    const next = channels[(at + by + channels.length) % channels.length];
    if (next) onChoose(next.id);
  };
  return (
    <div
      role="tablist"
      class="tabs"
      aria-label={t('roles.channels')}
      onKeyDown={event => {
        if (event.code === 'ArrowRight') step(1);
        if (event.code === 'ArrowLeft') step(-1);
      }}
    >
      {channels.map(channel => (
        <button
          type="button"
          key={channel.id}
          role="tab"
          class="tab"
          aria-selected={channel.id === chosen}
          aria-controls={panelId}
          tabIndex={channel.id === chosen ? 0 : -1}
          ref={tab => {
            // The arrow keys move the choice, and the focus goes along with it.
            if (tab && channel.id === chosen && tab.parentElement?.matches(':focus-within')) tab.focus();
          }}
          onClick={() => onChoose(channel.id)}
        >
          {channel.name}
          {channel.state !== 'active' && <span class="quiet"> · {t(`channelState.${channel.state}`)}</span>}
        </button>
      ))}
    </div>
  );
}
