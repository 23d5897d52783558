/** The ways to connect the chat service. What they find is shown before it is connected. */
import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import type { Channel } from '../../../domain/channel.ts';
import { LabelsProvider } from '../../words/labels.tsx';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useWords } from '../../words/words.tsx';
import { Away } from './Away.tsx';
import { Channels } from './Channels.tsx';
import type { NotConnected, Step } from './connection.ts';
import type { PanelModel } from './model.ts';
import { whyNotConnected } from './why-not-connected.ts';

/** The id of the problem that describes the address field. */
const PROBLEM = 'address-problem';
const NOBODY: ReadonlyMap<string, string> = new Map();

export function Connect({ model, state }: { model: PanelModel; state: NotConnected }): VNode {
  const t = useWords();
  const { step, ways, replaces } = state;
  const hasJourney = ways.includes('cabinet');
  const busy = step.kind === 'busy';
  const others = (
    <div class="stack">
      <Field
        label={t('panel.connect.key')}
        hint={t('panel.connect.keyWhere')}
        isSecret
        act={t('panel.connect.look')}
        busy={busy}
        onAct={key => void model.look(key)}
      />
      {model.own.offerAddress && (
        <Field
          label={t('panel.connect.address')}
          hint={t('panel.connect.ownServer')}
          isInvalid={step.kind === 'invalid'}
          value={model.own.settings.value.chatUrl}
          act={t('panel.connect.check')}
          busy={busy}
          onAct={address => void model.check(address)}
        />
      )}
    </div>
  );
  if (step.kind === 'found') return <Found model={model} found={step} replaces={replaces} />;
  return (
    <div class="stack">
      <h2>{t('panel.connect.title')}</h2>
      <p>{t('panel.connect.lead')}</p>
      {step.kind === 'away' ? (
        <Away address={step.address} says={t('panel.connect.away')} onBack={model.back} />
      ) : (
        <>
          <Verdict step={step} />
          {hasJourney && (
            <Button kind="primary" busy={busy} onPress={() => void model.travel(t('panel.connect.opening'))}>
              {t('panel.connect.start')}
            </Button>
          )}
          {hasJourney ? (
            <details class="fold">
              <summary>{t('panel.connect.another')}</summary>
              {others}
            </details>
          ) : (
            others
          )}
          {replaces && (
            <Button kind="link" onPress={() => void model.start()}>
              {t('panel.connect.back')}
            </Button>
          )}
        </>
      )}
    </div>
  );
}

function Field({
  label,
  hint,
  isSecret = false,
  isInvalid = false,
  value = '',
  act,
  busy,
  onAct,
}: {
  label: string;
  hint: string;
  isSecret?: boolean;
  isInvalid?: boolean;
  value?: string;
  act: string;
  busy: boolean;
  onAct: (text: string) => void;
}): VNode {
  const input = useRef<HTMLInputElement>(null);
  const submit = (): void => onAct(input.current?.value ?? '');
  return (
    <div class="stack">
      <label class="field">
        {label}
        <input
          ref={input}
          class="input"
          {...(isSecret ? { type: 'password' } : { type: 'url' })}
          autocomplete="off"
          aria-invalid={isInvalid}
          aria-describedby={isInvalid ? PROBLEM : undefined}
          defaultValue={value}
          onKeyDown={event => {
            if (event.key === 'Enter') submit();
          }}
        />
        <span class="quiet">{hint}</span>
      </label>
      <Button busy={busy} onPress={submit}>
        {act}
      </Button>
    </div>
  );
}

/** The channels show which account it is. "Cancel" is the primary button, to protect people who press in a hurry. */
function Found({
  model,
  found: { mode, channels },
  replaces,
}: {
  model: PanelModel;
  found: { readonly mode: 'roles' | 'reading' | 'channels'; readonly channels: readonly Channel[] };
  replaces: boolean;
}): VNode {
  const t = useWords();
  return (
    <div class="stack">
      <h2>{t('panel.connect.found')}</h2>
      <LabelsProvider people={NOBODY} channels={channels}>
        <Channels channels={channels} cabinetAddress={model.cabinetAddress} isOpen />
      </LabelsProvider>
      <p>{t(`connect.offer.${mode}`)}</p>
      {replaces && <Notice tone="info">{t('panel.connect.replaces')}</Notice>}
      <div class="actions">
        <Button kind="primary" onPress={model.back}>
          {t('roles.cancel')}
        </Button>
        <Button onPress={() => void model.accept()}>{t('panel.connect.accept')}</Button>
      </div>
    </div>
  );
}

function Verdict({ step }: { step: Step }): VNode | null {
  const t = useWords();
  if (step.kind === 'invalid')
    return (
      <div id={PROBLEM}>
        <Notice tone="problem">{t('panel.connect.invalid')}</Notice>
      </div>
    );
  return step.kind === 'failed' ? (
    <Notice tone="problem">
      {t('panel.connect.failed')} {whyNotConnected(step.failure, t)}
    </Notice>
  ) : null;
}
