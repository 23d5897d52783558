/** Provides the labels of people and channels to all views below, including dialogs. */
import { createContext, type ComponentChildren, type VNode } from 'preact';
import { useContext, useMemo } from 'preact/hooks';
import type { Channel } from '../../domain/channel.ts';
import { labelsOf } from '../../domain/namesakes.ts';
import { namesWith, type Labels, type Names } from './names.ts';
import { useWords } from './words.tsx';

const LabelsContext = createContext<Partial<Labels>>({});

/** Channels with the same name are distinguished by messenger, then by id. */
export function LabelsProvider({
  people,
  channels,
  children,
}: Pick<Labels, 'people'> & { channels: readonly Channel[]; children: ComponentChildren }): VNode {
  const t = useWords();
  const ofChannels = useMemo(
    () =>
      labelsOf(
        channels.map(({ id, name, messenger }) => ({ id, name, details: [t(`messenger.${messenger}`)] })),
      ),
    [channels, t],
  );
  const labels = useMemo(() => ({ people, channels: ofChannels }), [people, ofChannels]);
  return <LabelsContext.Provider value={labels}>{children}</LabelsContext.Provider>;
}

export function useNames(): Names {
  const t = useWords();
  const labels = useContext(LabelsContext);
  return useMemo(() => namesWith(labels, t), [labels, t]);
}
