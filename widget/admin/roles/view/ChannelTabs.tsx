/**
 * Roles are given per channel. The first tab shows all channels, followed by one tab each, or by a select if there are
 * many.
 */
import type { VNode } from 'preact';
import { Select } from '../../../ui/Select.tsx';
import { useNames } from '../../../words/labels.tsx';
import { useWords } from '../../../words/words.tsx';
import { channelOption } from '../../../words/channel-choices.ts';
import type { RolesModel, Scope } from '../model/model.ts';

/** More tabs do not fit in one line. */
const MOST_TABS = 8;

export function ChannelTabs({ model, panelId }: { model: RolesModel; panelId: string }): VNode | null {
  const t = useWords();
  const names = useNames();
  const { channels } = model;
  if (channels.length < 2) return null;
  const scopes: readonly Scope[] = ['all', ...channels.map(channel => channel.id)];
  const chosen = model.scope.value;
  const choose = (scope: Scope): void => {
    model.scope.value = scope;
  };
  const step = (by: number): void =>
    choose(scopes[(scopes.indexOf(chosen) + by + scopes.length) % scopes.length] ?? 'all');
  if (channels.length > MOST_TABS)
    return (
      <label>
        {t('why.channel')}{' '}
        <Select
          value={chosen}
          choices={[
            { value: 'all', label: t('roles.allChannels') },
            ...channels.map(channel => ({
              value: channel.id,
              label: `${channelOption(t, names, channel)}${channel.state === 'active' ? '' : ` — ${t(`channelState.${channel.state}`)}`}`,
            })),
          ]}
          onChoose={choose}
        />
      </label>
    );
  const tab = (scope: Scope, children: VNode | string): VNode => (
    <button
      type="button"
      key={scope}
      role="tab"
      class="tab"
      aria-selected={scope === chosen}
      aria-controls={panelId}
      tabIndex={scope === chosen ? 0 : -1}
      ref={element => {
        // The arrow keys move the choice, and the focus follows it.
        if (element && scope === chosen && element.parentElement?.matches(':focus-within')) element.focus();
      }}
      onClick={() => choose(scope)}
    >
      {children}
    </button>
  );
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
      {tab('all', t('roles.allChannels'))}
      {channels.map(channel =>
        tab(
          channel.id,
          <>
            {names.channel(channel)}
            <span class="quiet"> {t(`messenger.${channel.messenger}`)}</span>
            {channel.state !== 'active' && <span class="bad"> {t(`channelState.${channel.state}`)}</span>}
          </>,
        ),
      )}
    </div>
  );
}
