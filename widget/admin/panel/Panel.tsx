/** The settings panel inside the CRM's window: one view per state of the connection. */
import type { VNode } from 'preact';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useWords } from '../../words/words.tsx';
import { AllowLink } from './AllowLink.tsx';
import { Connect } from './Connect.tsx';
import { Connected } from './Connected.tsx';
import type { PanelModel } from './model.ts';
import { whyNotConnected } from './why-not-connected.ts';

export function Panel({ model }: { model: PanelModel }): VNode {
  const t = useWords();
  const { kind } = model.state.value;
  if (kind === 'loading') return <Loading />;
  return (
    <section class="panel stack" aria-label={t('panel.title')}>
      {kind === 'connected' && (
        <>
          <h2>{t('panel.title')}</h2>
          <p class="quiet">{t('panel.lead')}</p>
        </>
      )}
      {!model.mayChange && (
        <Notice tone="info">
          {model.admins.length > 0
            ? t('panel.readOnly', { names: model.admins.join(', ') })
            : t('panel.readOnlyNoNames')}
        </Notice>
      )}
      {!model.own.isAddressSaved.value && <Notice tone="info">{t('panel.unsaved')}</Notice>}
      <Face model={model} />
    </section>
  );
}

/** Shown alone, so that nothing moves when loading ends. */
function Loading(): VNode {
  const t = useWords();
  return (
    <section class="panel stack" aria-label={t('panel.title')}>
      <p class="skeleton skeleton-panel" role="status">
        {t('panel.loading')}
      </p>
    </section>
  );
}

function Face({ model }: { model: PanelModel }): VNode | null {
  const t = useWords();
  const state = model.state.value;
  switch (state.kind) {
    case 'install-first':
      return (
        <>
          <p>{t('panel.installFirst')}</p>
          <p class="quiet">{t('panel.installedAlready')}</p>
        </>
      );
    case 'not-connected':
      return model.mayChange ? <Connect model={model} state={state} /> : <p>{t('panel.connect.byAdmin')}</p>;
    case 'not-heard':
      return (
        <Notice
          tone="problem"
          action={
            <>
              <Button onPress={model.start}>{t('failure.retry')}</Button>
              {model.mayChange && <AllowLink model={model} />}
            </>
          }
        >
          {t('panel.connect.notHeard')}
        </Notice>
      );
    case 'loading':
      return null;
    case 'failed':
      return (
        <Notice
          tone="problem"
          action={
            <>
              <Button onPress={model.start}>{t('failure.retry')}</Button>
              {model.mayChange && (
                <Button kind="link" onPress={model.replace}>
                  {t('panel.connect.change')}
                </Button>
              )}
            </>
          }
        >
          {whyNotConnected(state.failure, t)}
        </Notice>
      );
    case 'connected':
      return <Connected model={model} {...state} />;
  }
}
