/** "Why does … see this?": a person, a channel, a kind of chat, and the answer in one sentence. */
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Channel } from '../../../../domain/channel.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Select } from '../../../ui/Select.tsx';
import { useNames } from '../../../words/labels.tsx';
import { useWords } from '../../../words/words.tsx';
import type { RolesModel } from '../model/model.ts';
import { ASKED_KINDS, type AskedKind } from '../rules/reach.ts';
import type { Row } from '../rules/rows.ts';
import { whyOf } from '../rules/why.ts';

export function Why({ model, employeeId }: { model: RolesModel; employeeId: string }): VNode | null {
  const t = useWords();
  const names = useNames();
  const { channels, scope } = model;
  const [kind, setKind] = useState<AskedKind>('own');
  const [channelId, setChannelId] = useState(scope.value === 'all' ? channels[0]?.id : scope.value);
  const channel = channels.find(one => one.id === channelId);
  const row = model.rows.value.find(one => one.employee.id === employeeId);
  if (!channel || !row) return null;
  const name = names.inRow(employeeId, row);
  return (
    <Dialog
      title={t('why.title', { name })}
      size="medium"
      onClose={model.look.back}
      footer={
        <Button kind="primary" onPress={model.look.back}>
          {t('roles.leaveNo')}
        </Button>
      }
    >
      <div class="stack">
        {channels.length > 1 && (
          <label class="field">
            {t('why.channel')}
            <Select
              value={channel.id}
              choices={channels.map(one => ({ value: one.id, label: names.channel(one) }))}
              onChoose={setChannelId}
            />
          </label>
        )}
        <label class="field">
          {t('why.chat')}
          <Select
            value={kind}
            choices={ASKED_KINDS.map(value => ({ value, label: t(`why.kind.${value}`) }))}
            onChoose={setKind}
          />
        </label>
        <Answer model={model} row={row} channel={channel} kind={kind} />
      </div>
    </Dialog>
  );
}

function Answer({
  model,
  row,
  channel,
  kind,
}: {
  model: RolesModel;
  row: Row;
  channel: Channel;
  kind: AskedKind;
}): VNode {
  const t = useWords();
  const names = useNames();
  const { view, isUnsaved, shutOut } = whyOf(model.draft.value, {
    employee: row.employee,
    channelId: channel.id,
    kind,
  });
  const values = { name: names.inRow(row.employee.id, row), channel: names.channel(channel) };
  return (
    <>
      <div class="stack" role="status">
        <p>
          <strong>{t(`why.because.${view.because}`, values)}</strong>
        </p>
        <p>{t(`why.change.${view.because}`)}</p>
        {shutOut !== null && <p>{t(`why.shutOut.${shutOut}`, values)}</p>}
        {isUnsaved && <p>{t('why.unsaved')}</p>}
      </div>
      <p class="quiet">{t('why.note')}</p>
    </>
  );
}
