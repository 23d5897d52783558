/** The whole page in the separate window: the roles, or why they cannot be shown. */
import type { VNode } from 'preact';
import { LabelsProvider } from '../../words/labels.tsx';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { whyFailed } from '../../words/why-failed.ts';
import { useWords } from '../../words/words.tsx';
import type { PanelModel } from '../panel/model.ts';
import type { Connected } from '../panel/connection.ts';

const NOBODY: ReadonlyMap<string, string> = new Map();

type Given = { model: PanelModel; onLeave: () => void };

export function RolesWindow({ model, onLeave }: Given): VNode {
  const t = useWords();
  const state = model.state.value;
  switch (state.kind) {
    case 'loading':
      return <Opening />;
    case 'connected':
      return <Roles model={model} onLeave={onLeave} connected={state} />;
    case 'failed':
      return <Trouble model={model} onLeave={onLeave} says={whyFailed(t, state.failure)} />;
    // This has changed since the settings page was opened. That page says what to do about it.
    case 'install-first':
    case 'not-connected':
    case 'not-heard':
      return <Trouble model={model} onLeave={onLeave} says={t('failure.chat.missing')} />;
  }
}

function Roles({ model, onLeave, connected }: Given & { connected: Connected }): VNode {
  const t = useWords();
  const dialog = model.dialog.value;
  const staff = model.staff.value;
  switch (dialog.kind) {
    case 'closed':
      return <Opening />;
    case 'failed':
      return <Trouble model={model} onLeave={onLeave} says={t('failure.defect')} />;
    case 'open':
      return (
        <LabelsProvider
          people={staff.kind === 'failed' ? NOBODY : staff.labels}
          channels={connected.channels}
        >
          {dialog.render(onLeave)}
        </LabelsProvider>
      );
  }
}

function Opening(): VNode {
  const t = useWords();
  return (
    <p class="face opening" role="status">
      {t('frame.opening')}
    </p>
  );
}

function Trouble({ model, onLeave, says }: Given & { says: string }): VNode {
  const t = useWords();
  return (
    <div class="face stack">
      <Notice
        tone="problem"
        action={
          <div class="actions">
            <Button kind="primary" onPress={model.start}>
              {t('failure.retry')}
            </Button>
            <Button onPress={onLeave}>{t('roles.close')}</Button>
          </div>
        }
      >
        {says}
      </Notice>
    </div>
  );
}
