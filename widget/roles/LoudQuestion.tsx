/** The last person who may answer a channel goes only with a loud yes. */
import type { VNode } from 'preact';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { useWords } from '../words.tsx';
import type { RolesModel } from './model.ts';

export function LoudQuestion({ model }: { model: RolesModel }): VNode | null {
  const t = useWords();
  const saving = model.saving.value;
  if (saving.kind !== 'asking') return null;
  return (
    <Dialog
      title={t('roles.silence')}
      size="small"
      onClose={model.back}
      footer={
        <>
          <Button kind="primary" onPress={model.back}>
            {t('roles.leaveNo')}
          </Button>
          <Button onPress={() => void model.save('although-silenced')}>{t('roles.silenceYes')}</Button>
        </>
      }
    >
      <p>
        {t('roles.silenceLead', {
          count: saving.silenced.length,
          channels: saving.silenced.map(channel => channel.name).join(', '),
        })}
      </p>
    </Dialog>
  );
}
