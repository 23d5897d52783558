/** "Who sees this client's chats": for each channel who sees the chat, whether they may write, and why. */
import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { whyFailed } from '../../../words/why-failed.ts';
import { useWords } from '../../../words/words.tsx';
import type { ChannelAudience, SeesToo, Watcher } from '../model/audience.ts';
import type { CardModel } from '../model/card.ts';
import { audienceFor } from '../model/audience-model.ts';
import { nameOf } from './naming.ts';
import { Again } from './Trouble.tsx';

export function WhoSees({ model }: { model: CardModel }): VNode | null {
  const t = useWords();
  const reading = model.sources.chat.state.value;
  switch (reading.kind) {
    case 'unread':
      return null;
    case 'reading':
      return <p class="quiet">{t('claim.sees.reading')}</p>;
    case 'failed':
      return (
        <p class="quiet">
          {t('claim.sees.failed')} {whyFailed(t, reading.failure)} <Again press={model.lookAgain} />
        </p>
      );
    case 'read':
      return <Audience model={model} />;
  }
}

function Audience({ model }: { model: CardModel }): VNode | null {
  const t = useWords();
  const audience = audienceFor(model);
  /** Who would stop seeing the chat, remembered from before the client became mine. */
  const losers = useRef<readonly string[]>([]);
  if (!audience) return null;
  const isMine = model.ownership.value.kind === 'mine';
  if (!isMine) losers.current = audience.wouldLose;
  const names = (ids: readonly string[]): string => ids.map(id => nameOf(model, id, t)).join(', ');
  return (
    <>
      {isMine && losers.current.length > 0 && <p>{t('claim.sees.lost', { names: names(losers.current) })}</p>}
      {audience.seeToo.map(one => (
        <p key={`${one.employeeId} ${one.because.kind}`}>{seesTooText(one)}</p>
      ))}
      <details class="fold">
        <summary>{t('claim.sees.title')}</summary>
        <div class="stack">
          {audience.channels.length === 0 && <p>{t('claim.sees.noChannel')}</p>}
          {audience.channels.map(one => (
            <Channel key={one.channel.id} one={one} model={model} />
          ))}
          {audience.wouldLose.length > 0 && (
            <p>
              {t('claim.sees.after', {
                names: names(audience.wouldLose),
              })}
            </p>
          )}
          <p class="quiet">{t('claim.sees.holes')}</p>
        </div>
      </details>
    </>
  );
  function seesTooText({ employeeId, because }: SeesToo): string {
    const name = nameOf(model, employeeId, t);
    return because.kind === 'deal'
      ? t('claim.sees.too', { name, deal: because.deal.name })
      : t('claim.sees.tooContact', { name });
  }
}

function Channel({ one, model }: { one: ChannelAudience; model: CardModel }): VNode {
  const t = useWords();
  const line = ({ employeeId, writes, because }: Watcher): string =>
    [
      employeeId === model.given.page.me.id ? t('claim.sees.me') : nameOf(model, employeeId, t),
      t(writes ? 'claim.sees.writes' : 'claim.sees.reads'),
      t(`claim.sees.because.${because}`),
    ].join(' · ');
  return (
    <section aria-label={one.channel.name}>
      <h3>{one.channel.name}</h3>
      <ul>
        {one.watchers.length === 0 && <li>{t('claim.sees.nobody')}</li>}
        {one.watchers.map(watcher => (
          <li key={watcher.employeeId}>{line(watcher)}</li>
        ))}
      </ul>
    </section>
  );
}
