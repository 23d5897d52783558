/**
 * "Test chats": sends one message to the admin's own phone and then opens the chats. A separate part of the package.
 */
import type { VNode } from 'preact';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useWords } from '../../words/words.tsx';
import { After } from './After.tsx';
import type { TrialModel } from './model.ts';
import { Writing } from './Writing.tsx';

export function TrialDialog({
  model,
  cabinetAddress,
  onClose,
}: {
  model: TrialModel;
  cabinetAddress: string;
  onClose: () => void;
}): VNode {
  const t = useWords();
  const step = model.step.value;
  const isOver = step.kind === 'sent' || step.kind === 'unknown';
  return (
    <Dialog
      title={t(model.occasion === 'offer' && !isOver ? 'trial.offer' : 'trial.title')}
      size="small"
      onClose={onClose}
      footer={
        isOver ? <Onward model={model} onClose={onClose} /> : <Choice model={model} onClose={onClose} />
      }
    >
      <div class="stack trial">
        {isOver ? (
          <After model={model} step={step} />
        ) : (
          <Writing model={model} cabinetAddress={cabinetAddress} />
        )}
      </div>
    </Dialog>
  );
}

function Choice({ model, onClose }: { model: TrialModel; onClose: () => void }): VNode {
  const t = useWords();
  const isSending = model.step.value.kind === 'sending';
  return (
    <>
      <Button onPress={onClose}>{t('trial.later')}</Button>
      <span class="push" />
      <Button
        kind="primary"
        busy={isSending}
        disabled={!model.mayWrite.value}
        onPress={() => void model.send({ text: t('trial.text'), opening: t('trial.opening') })}
      >
        {t(isSending ? 'trial.sending' : 'trial.send')}
      </Button>
    </>
  );
}

/** Close takes the place of Later, not of Send, so that a second press does not close the dialog. */
function Onward({ model, onClose }: { model: TrialModel; onClose: () => void }): VNode {
  const t = useWords();
  const chats = model.chats.value;
  const isThere = chats.kind === 'open' || chats.kind === 'at';
  const isOpening = chats.kind === 'opening';
  return (
    <>
      <Button kind={isThere ? 'primary' : 'plain'} onPress={onClose}>
        {t('trial.close')}
      </Button>
      <span class="push" />
      {!isThere && (
        <Button kind="primary" busy={isOpening} onPress={() => void model.openChats(t('trial.opening'))}>
          {t(isOpening ? 'trial.openingChats' : 'trial.toChats')}
        </Button>
      )}
    </>
  );
}
