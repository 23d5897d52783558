/** The dialog over the CRM's list: whose the picked clients are, one button, and then what became of each. */
import type { VNode } from 'preact';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { whyFailed } from '../../why-failed.ts';
import { useWords, type Words } from '../../words.tsx';
import { MOST_PICKED, type ListModel, type ListState, type Row } from './list-model.ts';
import { ownerLine } from '../owner-line.ts';

export function ListDialog({
  model,
  left,
  onClose,
}: {
  model: ListModel;
  /** So many were picked beyond what can be taken at once. */
  left: number;
  onClose: () => void;
}): VNode {
  const t = useWords();
  const state = model.state.value;
  const rows = 'rows' in state ? state.rows : [];
  const count = model.due().length;
  const isBusy = rows.some(({ state: { value: now } }) => now.kind === 'writing' || now.kind === 'checking');
  return (
    <Dialog
      title={t('list.title')}
      size="small"
      onClose={onClose}
      footer={
        <>
          {(count > 0 || isBusy) && (
            <Button kind="primary" busy={isBusy} onPress={model.press}>
              {state.kind === 'pressed'
                ? t(isBusy ? 'card.claiming' : 'claim.retry')
                : t('list.take', { count })}
            </Button>
          )}
          <Button onPress={onClose}>{t('list.close')}</Button>
        </>
      }
    >
      <div class="card stack">
        {left > 0 && <Notice tone="info">{t('list.left', { count: left, most: MOST_PICKED })}</Notice>}
        <Body model={model} state={state} />
      </div>
    </Dialog>
  );
}

function Body({ model, state }: { model: ListModel; state: ListState }): VNode {
  const t = useWords();
  switch (state.kind) {
    case 'reading':
      return <p role="status">{t('list.reading')}</p>;
    case 'failed':
      return (
        <Notice tone="problem" action={<Button onPress={model.read}>{t('claim.retry')}</Button>}>
          {whyFailed(t, state.failure)}
        </Notice>
      );
    case 'ready':
    case 'offline':
    case 'pressed':
      return <Rows model={model} state={state} />;
  }
}

function Rows({
  model,
  state: { kind, rows },
}: {
  model: ListModel;
  state: Extract<ListState, { readonly rows: readonly Row[] }>;
}): VNode {
  const t = useWords();
  const has = (...kinds: readonly string[]): number =>
    rows.filter(({ state }) => kinds.includes(state.value.kind)).length;
  return (
    <>
      {kind === 'offline' && <Notice tone="problem">{t('claim.offline')}</Notice>}
      {kind === 'pressed' && <p role="status">{t('list.mineOf', { mine: has('mine'), all: rows.length })}</p>}
      {has('no-role') > 0 && <Notice tone="info">{t('claim.noRole')}</Notice>}
      {has('needs-reason') > 0 && (
        <label class="field">
          <span>{t('list.reason')}</span>
          <textarea
            class="input"
            rows={2}
            maxLength={500}
            value={model.reason.value}
            onInput={({ currentTarget }) => {
              model.reason.value = currentTarget.value;
            }}
          />
          <span class="quiet">{t('list.reasonHint')}</span>
        </label>
      )}
      <ul class="deals">
        {rows.map(row => (
          <li key={row.contactId}>
            {row.contact ? (
              <a href={row.contact.address} target="_blank" rel="noreferrer">
                {row.contact.name}
              </a>
            ) : (
              row.contactId
            )}{' '}
            <span class={row.state.value.kind === 'mine' ? 'owner' : 'quiet'}>{saidOf(row, model, t)}</span>
          </li>
        ))}
      </ul>
      {kind === 'pressed' && <p class="quiet">{t('list.after')}</p>}
    </>
  );
}

function saidOf(
  { state: { value: state }, ownerId }: Row,
  { ownership, given }: ListModel,
  t: Words,
): string {
  const nameOf = (id: string | null): string =>
    (id !== null && given.page.employee(id)?.name) || t('claim.gone', { id: id ?? '' });
  const has = (id: string | null): string => t('list.has', { name: nameOf(id) });
  switch (state.kind) {
    case 'allowed':
    case 'needs-reason':
    case 'no-role':
      return ownerLine(ownership(ownerId.value), t);
    case 'ask-owner':
      return t('list.skipped', { name: state.owner.name });
    case 'writing':
      return t('card.claiming');
    case 'checking':
      return t('claim.checking');
    case 'changed': {
      const { ownerId } = state.contact;
      const { kind } = ownership(ownerId);
      return kind === 'colleagues' ? has(ownerId) : t(`list.changed.${kind}`);
    }
    case 'taken':
    case 'too-soon':
      return has(state.turn.ownerId);
    case 'kept':
      return t('list.kept', { name: nameOf(state.firstId) });
    case 'failed':
      return `${t('list.failed')} ${whyFailed(t, state.failure)}`;
    case 'mine':
    case 'forbidden':
    case 'missing':
    case 'unknown':
      return t(`list.${state.kind}`);
  }
}
