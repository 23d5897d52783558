/** Asks for the gateway's address and tries it before anything is kept. */
import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useWords } from '../words.tsx';
import type { Check } from './connection.ts';
import type { PanelModel } from './model.ts';
import { whyNotConnected } from './why-not-connected.ts';

/** Belongs to the address. */
const PROBLEM = 'address-problem';

export function Connect({ model, check }: { model: PanelModel; check: Check }): VNode {
  const t = useWords();
  const address = useRef<HTMLInputElement>(null);
  const submit = (): void => void model.check(address.current?.value ?? '');
  return (
    <div class="stack">
      <h2>{t('panel.connect.title')}</h2>
      <p>{t('panel.connect.lead')}</p>
      <label class="field">
        {t('panel.connect.address')}
        <input
          ref={address}
          class="input"
          type="url"
          autocomplete="off"
          placeholder={t('panel.connect.example')}
          defaultValue={model.own.settings.value.chatUrl}
          aria-invalid={check.kind === 'invalid'}
          aria-describedby={check.kind === 'invalid' ? PROBLEM : undefined}
          onKeyDown={event => {
            if (event.key === 'Enter') submit();
          }}
        />
      </label>
      <Verdict check={check} />
      <Button kind="primary" busy={check.kind === 'checking'} onPress={submit}>
        {check.kind === 'checking' ? t('panel.connect.checking') : t('panel.connect.check')}
      </Button>
    </div>
  );
}

function Verdict({ check }: { check: Check }): VNode | null {
  const t = useWords();
  switch (check.kind) {
    case 'idle':
    case 'checking':
      return null;
    case 'invalid':
      return (
        <div id={PROBLEM}>
          <Notice tone="problem">{t('panel.connect.invalid')}</Notice>
        </div>
      );
    case 'failed':
      return (
        <Notice tone="problem">
          {t('panel.connect.failed')} {whyNotConnected(check.failure, t)}
        </Notice>
      );
  }
}
