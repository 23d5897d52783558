/** The dialog where an admin says who sees which chats. It is the third part of the package, loaded on "Select". */
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { seatKey } from '../domain/assignment.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useWords } from '../words.tsx';
import { ChannelTabs } from './ChannelTabs.tsx';
import { isEdited, placeAt } from './draft.ts';
import type { RolesModel } from './model.ts';
import { RoleRow } from './RoleRow.tsx';
import { SavingNotice } from './SavingNotice.tsx';

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
    if (edits > 0) setLeaving(true);
    else onClose();
  };
  return (
    <Dialog
      title={t('roles.title')}
      onClose={close}
      footer={
        <>
          <span class="quiet" role="status">
            {edits === 0 ? t('roles.noChanges') : t('roles.changes', { count: edits })}
          </span>
          <span class="push" />
          <Button onPress={close} disabled={isSaving}>
            {model.writable ? t('roles.cancel') : t('roles.close')}
          </Button>
          {model.writable && (
            <Button kind="primary" busy={isSaving} disabled={edits === 0} onPress={() => void model.save()}>
              {isSaving ? t('roles.saving') : t('roles.save')}
            </Button>
          )}
        </>
      }
    >
      <div class="roles">
        {!model.writable && (
          <Notice
            tone="info"
            action={
              <a href={cabinetAddress} target="_blank" rel="noreferrer">
                {t('panel.cabinet')}
              </a>
            }
          >
            {t('roles.readOnly')}
          </Notice>
        )}
        <p class="quiet">{t('roles.legend')}</p>
        <SavingNotice model={model} />
        <ChannelTabs
          channels={model.channels}
          chosen={model.channelId.value}
          panelId={PANEL}
          onChoose={channelId => {
            model.channelId.value = channelId;
          }}
        />
        <div class="roles-tools">
          <input
            type="search"
            class="input"
            aria-label={t('roles.search')}
            placeholder={t('roles.search')}
            value={model.sought.value}
            onInput={event => {
              model.sought.value = event.currentTarget.value;
            }}
          />
          <Found model={model} />
          <Button busy={model.staff.value.kind === 'loading'} onPress={() => void model.refresh()}>
            {t('roles.refresh')}
          </Button>
        </div>
        <Rows model={model} disabled={!model.writable || isSaving} />
      </div>
      {leaving && (
        <Dialog
          title={t('roles.leave')}
          size="small"
          onClose={() => setLeaving(false)}
          footer={
            <>
              <Button kind="primary" onPress={() => setLeaving(false)}>
                {t('roles.leaveNo')}
              </Button>
              <Button onPress={onClose}>{t('roles.leaveYes')}</Button>
            </>
          }
        >
          <p>{t('roles.leaveLead')}</p>
        </Dialog>
      )}
    </Dialog>
  );
}

/** How many of how many, while somebody searches. */
function Found({ model }: { model: RolesModel }): VNode {
  const t = useWords();
  const staff = model.staff.value;
  const isSearching = model.sought.value !== '' && staff.kind === 'ready';
  return (
    <span class="quiet" role="status">
      {isSearching && t('roles.found', { found: model.found.value.length, all: staff.employees.length })}
    </span>
  );
}

function Rows({ model, disabled }: { model: RolesModel; disabled: boolean }): VNode {
  const t = useWords();
  const staff = model.staff.value;
  switch (staff.kind) {
    case 'loading':
      return (
        <p class="quiet" role="status">
          {t('roles.loading', { count: staff.loaded })}
        </p>
      );
    case 'failed':
      return (
        <Notice
          tone="problem"
          action={<Button onPress={() => void model.refresh()}>{t('failure.retry')}</Button>}
        >
          {t(`failure.${staff.failure.service}.${staff.failure.code}`)}
        </Notice>
      );
    case 'ready':
  }
  const found = model.found.value;
  if (found.length === 0) return <p role="status">{t('roles.nobodyFound')}</p>;
  const channelId = model.channelId.value;
  const draft = model.draft.value;
  const alerts = new Set(model.touchedByBoth.value.map(seatKey));
  return (
    <div id={PANEL} role="table" class="table" aria-label={t('roles.title')} aria-rowcount={found.length + 1}>
      <div role="row" class="row row-head quiet">
        <span role="columnheader">{t('roles.employee')}</span>
        <span role="columnheader">{t('roles.role')}</span>
        <span role="columnheader">{t('roles.receivesNewClients')}</span>
      </div>
      {found.map(employee => {
        const seat = { channelId, employeeId: employee.id };
        return (
          <RoleRow
            key={employee.id}
            employee={employee}
            place={placeAt(draft, seat)}
            isEdited={isEdited(draft, seat)}
            isTouchedByBoth={alerts.has(seatKey(seat))}
            disabled={disabled}
            onRole={role => model.setRole(employee.id, role)}
            onReceivesNewClients={on => model.setReceivesNewClients(employee.id, on)}
          />
        );
      })}
    </div>
  );
}
