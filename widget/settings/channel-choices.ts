import type { Channel } from '../domain/channel.ts';
import type { Choice } from '../ui/RadioRow.tsx';
import type { Words } from '../words.tsx';

/**
 * Channels as choices of a list. What was chosen earlier stays on the list even when it does not count any more:
 * otherwise the list would show nothing, as if nobody had chosen.
 */
export function channelChoices(
  t: Words,
  channels: readonly Channel[],
  chosen: string | undefined,
  answersOn: readonly string[] = channels.map(({ id }) => id),
): readonly Choice<string>[] {
  const choices = channels
    .filter(({ id }) => answersOn.includes(id) || id === chosen)
    .map(({ id, name, messenger }) => {
      const channel = t('defaultChannel.option', { name, messenger: t(`messenger.${messenger}`) });
      return { value: id, label: answersOn.includes(id) ? channel : t('defaultChannel.notHis', { channel }) };
    });
  const isGone = chosen !== undefined && !channels.some(({ id }) => id === chosen);
  return isGone ? [...choices, { value: chosen, label: t('defaultChannel.gone') }] : choices;
}
