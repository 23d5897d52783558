/** The dialog in which an admin decides who sees which chats. A separate part of the package, loaded on "Select". */
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { CabinetLink } from '../../../words/CabinetLink.tsx';
import { NotUnderstood } from '../../../words/NotUnderstood.tsx';
import { useWords } from '../../../words/words.tsx';
import { BulkBar } from './BulkBar.tsx';
import { ChannelTabs } from './ChannelTabs.tsx';
import { Conflicts } from './Conflicts.tsx';
import { DraftOffer } from './DraftOffer.tsx';
import { Examples } from './Examples.tsx';
import { GoneChannels } from './GoneChannels.tsx';
import { Hints } from './Hints.tsx';
import type { RolesModel } from '../model/model.ts';
import { Review } from './Review.tsx';
import { SavingNotice } from './SavingNotice.tsx';
import { stepOnKey, Steps } from './Steps.tsx';
import { Table } from './Table.tsx';
import { findOnKey, Tools } from './Tools.tsx';
import { WarningList } from './WarningList.tsx';

const PANEL = 'roles-of-channel';

export function RolesDialog({
  model,
  cabinetAddress,
  onClose,
}: {
  model: RolesModel;
  cabinetAddress: string;
  onClose: () => void;
}): VNode {
  const t = useWords();
  const [leaving, setLeaving] = useState(false);
  const edits = model.draft.value.edits.size;
  const isSaving = model.saving.value.kind === 'saving';
  const close = (): void => {
    if (isSaving) return;
    if (model.isStored.value) onClose();
    else setLeaving(true);
  };
  return (
    <Dialog
      title={t('roles.title')}
      aside={
        <span class="quiet">
          {t('roles.withRole', { with: model.peopleWithRole.value.size, most: model.mostPeople })}
        </span>
      }
      onKey={(event, dialog) => {
        stepOnKey(event, model);
        findOnKey(event, dialog);
      }}
      onClose={close}
      footer={
        <>
          <SavingNotice model={model} />
          {/* First, so that no changing text moves the buttons: Redo must not appear where Undo was pressed. */}
          {model.writable && <Steps model={model} />}
          <span class="quiet" role="status">
            {edits === 0 ? t('roles.noChanges') : t('roles.changes', { count: edits })}
          </span>
          {edits > 0 && (
            <Button kind="link" onPress={model.look.showChanges}>
              {t('review.open')}
            </Button>
          )}
          <div class="push actions">
            <Button onPress={close} disabled={isSaving}>
              {model.writable && edits === 0 ? t('roles.cancel') : t('roles.close')}
            </Button>
            {model.writable && (
              <Button
                kind="primary"
                busy={isSaving}
                disabled={edits === 0 || model.conflicts.value.length > 0 || !model.isComplete.value}
                onPress={model.save}
              >
                {isSaving ? t('roles.saving') : t('roles.save')}
              </Button>
            )}
          </div>
        </>
      }
    >
      <div class="roles">
        {!model.writable && <ReadOnly cabinetAddress={cabinetAddress} />}
        {model.note?.()}
        <Conflicts model={model} />
        <div class="folds">
          <ChannelTabs model={model} panelId={PANEL} />
          <details>
            <summary>{t('roles.legendTitle')}</summary>
            <p class="quiet">{t('roles.legend')}</p>
          </details>
          {model.writable && <Examples model={model} />}
          {(model.hasRoles || edits > 0) && (
            <WarningList
              warnings={model.warnings.value.filter(({ kind }) => kind !== 'channel-gone')}
              isOpen={false}
              stepOf={warning =>
                'channel' in warning && model.channels.length > 1 ? t('warning.showChannel') : null
              }
              onStep={warning => {
                if ('channel' in warning) model.scope.value = warning.channel.id;
              }}
            />
          )}
        </div>
        <div id={PANEL} class="roles">
          <People model={model} isSaving={isSaving} />
        </div>
      </div>
      <Review model={model} />
      <DraftOffer model={model} onClose={onClose} />
      {leaving && <LeaveQuestion onStay={() => setLeaving(false)} onLeave={onClose} />}
    </Dialog>
  );
}

/** Until the people arrive, only the list's place is shown, because what they bring would push it down. */
function People({ model, isSaving }: { model: RolesModel; isSaving: boolean }): VNode {
  const table = <Table model={model} locked={!model.writable || isSaving} />;
  const staff = model.staff.value;
  if (staff.kind === 'loading' && staff.directory.length === 0) return table;
  return (
    <>
      <NotUnderstood
        counts={{
          employees: staff.kind === 'ready' ? staff.notUnderstood : 0,
          roles: model.rolesNotUnderstood.value,
        }}
      />
      <Hints model={model} />
      <GoneChannels model={model} />
      <Tools model={model} />
      <BulkBar model={model} />
      {table}
    </>
  );
}

function ReadOnly({ cabinetAddress }: { cabinetAddress: string }): VNode {
  const t = useWords();
  return (
    <Notice tone="info" action={<CabinetLink address={cabinetAddress} />}>
      {t('roles.readOnly')}
    </Notice>
  );
}

function LeaveQuestion({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }): VNode {
  const t = useWords();
  return (
    <Dialog
      title={t('roles.leave')}
      size="small"
      onClose={onStay}
      footer={
        <>
          <Button kind="primary" onPress={onStay}>
            {t('roles.leaveNo')}
          </Button>
          <Button onPress={onLeave}>{t('roles.leaveYes')}</Button>
        </>
      }
    >
      <p>{t('roles.leaveLead')}</p>
    </Dialog>
  );
}
