import type { Channel } from '../../domain/channel.ts';
import type { Choice } from '../ui/Select.tsx';
import type { Names } from './names.ts';
import type { Words } from './words.tsx';

/**
 * Channels as options of a select. An earlier choice stays in the list even if it is no longer valid; otherwise the
 * select would look as if nothing was ever chosen.
 */
export function channelChoices(
  t: Words,
  names: Names,
  channels: readonly Channel[],
  chosen: string | undefined,
  answersOn: readonly string[] = channels.map(({ id }) => id),
): readonly Choice<string>[] {
  const choices = channels
    .filter(({ id }) => answersOn.includes(id) || id === chosen)
    .map(one => {
      const { id } = one;
      const channel = channelOption(t, names, one);
      return {
        value: id,
        label: answersOn.includes(id) ? channel : t('defaultChannel.notTheirs', { channel }),
      };
    });
  const isGone = chosen !== undefined && !channels.some(({ id }) => id === chosen);
  return isGone ? [...choices, { value: chosen, label: t('defaultChannel.gone') }] : choices;
}

/** With its messenger, unless the label already contains it. */
export function channelOption(t: Words, names: Names, channel: Channel): string {
  const { name, messenger } = channel;
  const label = names.channel(channel);
  return label === name
    ? t('defaultChannel.option', { name, messenger: t(`messenger.${messenger}`) })
    : label;
}
