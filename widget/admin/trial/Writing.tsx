/** The form: the channel, the phone number, and the message. */
import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { whyFailed } from '../../words/why-failed.ts';
import type { Template } from '../../chat/chat.ts';
import { CabinetLink } from '../../words/CabinetLink.tsx';
import { NotUnderstood } from '../../words/NotUnderstood.tsx';
import { useNames } from '../../words/labels.tsx';
import { useWords } from '../../words/words.tsx';
import { channelOption } from '../../words/channel-choices.ts';
import type { TrialModel } from './model.ts';
import { OwnRole } from './OwnRole.tsx';

export function Writing({ model, cabinetAddress }: { model: TrialModel; cabinetAddress: string }): VNode {
  const t = useWords();
  const names = useNames();
  const channel = model.channel.value;
  return (
    <>
      <p>{t('trial.lead', { channel: names.channel(channel) })}</p>
      {model.channels.length > 1 && (
        <label class="field">
          {t('trial.channel')}
          <select
            class="input"
            value={channel.id}
            disabled={model.step.value.kind === 'sending'}
            onChange={event => model.choose(event.currentTarget.value)}
          >
            {model.channels.map(one => (
              <option key={one.id} value={one.id}>
                {channelOption(t, names, one)}
              </option>
            ))}
          </select>
        </label>
      )}
      <OwnRole model={model} cabinetAddress={cabinetAddress} />
      <Phone model={model} />
      <Text model={model} cabinetAddress={cabinetAddress} />
      <p class="quiet">{t('trial.difference')}</p>
      <Refusal model={model} />
    </>
  );
}

function Phone({ model }: { model: TrialModel }): VNode {
  const t = useWords();
  const problemId = useId();
  const isBad = model.step.value.kind === 'bad-number';
  return (
    <label class="field">
      {t('trial.phone')}
      <input
        class="input"
        type="tel"
        autocomplete="tel"
        placeholder={t('trial.phoneExample')}
        value={model.phone.value}
        aria-invalid={isBad}
        aria-describedby={isBad ? problemId : undefined}
        onInput={event => {
          model.phone.value = event.currentTarget.value;
        }}
      />
      {isBad && (
        <span id={problemId} class="trial-problem" role="alert">
          {t('trial.badNumber')}
        </span>
      )}
    </label>
  );
}

/** The message: a free text or, where the messenger requires one, a template. */
function Text({ model, cabinetAddress }: { model: TrialModel; cabinetAddress: string }): VNode {
  const t = useWords();
  const isWaba = model.channel.value.messenger === 'waba';
  return (
    <>
      {isWaba && (
        <label class="trial-check">
          <input
            type="checkbox"
            checked={model.hasWritten.value}
            onChange={event => model.sayHasWritten(event.currentTarget.checked)}
          />
          {t('trial.hasWritten')}
        </label>
      )}
      <Templates model={model} cabinetAddress={cabinetAddress} />
      {model.mayWrite.value && (
        <blockquote class="trial-text">{model.template.value?.text ?? t('trial.text')}</blockquote>
      )}
    </>
  );
}

function Templates({ model, cabinetAddress }: { model: TrialModel; cabinetAddress: string }): VNode | null {
  const t = useWords();
  const found = model.templates.value;
  switch (found.kind) {
    case 'not-needed':
      return null;
    case 'loading':
      return (
        <p class="quiet" role="status">
          {t('trial.templates.loading')}
        </p>
      );
    case 'failed':
      return (
        <Notice tone="problem" action={<Button onPress={model.loadTemplates}>{t('failure.retry')}</Button>}>
          {t('trial.templates.failed')} {whyFailed(t, found.failure)}
        </Notice>
      );
    case 'ready':
  }
  return (
    <>
      <NotUnderstood counts={{ templates: found.notUnderstood }} />
      <Choice templates={found.templates} model={model} cabinetAddress={cabinetAddress} />
    </>
  );
}

function Choice({
  templates,
  model,
  cabinetAddress,
}: {
  templates: readonly Template[];
  model: TrialModel;
  cabinetAddress: string;
}): VNode {
  const t = useWords();
  return templates.length === 0 ? (
    <Notice tone="info" action={<CabinetLink address={cabinetAddress} />}>
      {t('trial.templates.none')}
    </Notice>
  ) : (
    <label class="field">
      {t('trial.templates.label')}
      <select
        class="input"
        value={model.template.value?.id ?? ''}
        onChange={event => model.chooseTemplate(event.currentTarget.value)}
      >
        {templates.map(template => (
          <option key={template.id} value={template.id}>
            {template.name}
          </option>
        ))}
      </select>
      <span class="quiet">{t('trial.templates.why')}</span>
    </label>
  );
}

function Refusal({ model }: { model: TrialModel }): VNode | null {
  const t = useWords();
  const step = model.step.value;
  if (step.kind !== 'refused') return null;
  const { failure, problem } = step;
  return (
    <Notice tone="problem">
      {t('trial.notSent')} {problem ? t(`trial.problem.${problem}`) : whyFailed(t, failure)}
    </Notice>
  );
}
