/** The dialog over the CRM's list: whose the picked clients are, one button, and then what became of each. */
import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { whyFailed } from '../../why-failed.ts';
import { useWords } from '../../words.tsx';
import { fateOf } from './fate.ts';
import { MOST_PICKED, type ListModel, type Row, type RowState } from './list-model.ts';

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
  return (
    <Dialog
      title={t('list.title')}
      size="small"
      onClose={onClose}
      footer={<Foot model={model} onClose={onClose} />}
    >
      <div class="stack">
        {left > 0 && <Notice tone="info">{t('list.left', { count: left, most: MOST_PICKED })}</Notice>}
        <Body model={model} />
      </div>
    </Dialog>
  );
}

function Foot({ model, onClose }: { model: ListModel; onClose: () => void }): VNode {
  const t = useWords();
  const next = model.next.value;
  const foot = useRef<HTMLDivElement>(null);
  // The button may go while it has the focus, which then would be nowhere.
  useLayoutEffect(() => {
    if (!foot.current?.closest('dialog')?.matches(':focus-within'))
      foot.current?.querySelector('button')?.focus();
  }, [next === null]);
  return (
    <>
      {next && (
        <Button kind="primary" busy={next.isBusy} onPress={model.press}>
          {next.isLook ? t('claim.lookAgain') : t('list.take', { count: next.count })}
        </Button>
      )}
      <div class="push" ref={foot}>
        <Button onPress={onClose}>{t('list.close')}</Button>
      </div>
    </>
  );
}

function Body({ model }: { model: ListModel }): VNode {
  const t = useWords();
  const state = model.state.value;
  if (state.kind === 'failed')
    return (
      <Notice tone="problem" action={<Button onPress={model.read}>{t('claim.retry')}</Button>}>
        {t('list.notRead')} {whyFailed(t, state.failure)}
      </Notice>
    );
  const rows = 'rows' in state ? state.rows : null;
  return (
    <>
      {state.kind === 'offline' && <Notice tone="problem">{t('claim.offline')}</Notice>}
      <p role="status">
        {rows
          ? t(model.next.value?.isBusy ? 'list.claiming' : 'list.mineOf', {
              mine: countOf(rows, 'mine'),
              all: rows.length,
            })
          : t('list.reading')}
      </p>
      {countOf(rows, 'needs-reason') > 0 && <Reason reason={model.reason} />}
      <ul class="clients" aria-hidden={!rows}>
        {rows
          ? rows.map(row => <Client key={row.contactId} row={row} model={model} />)
          : model.given.picked.map(id => <li key={id} class="client skeleton" />)}
      </ul>
      <Onward model={model} rows={rows} isPressed={state.kind === 'pressed'} />
    </>
  );
}

const countOf = (rows: readonly Row[] | null, kind: RowState['kind']): number =>
  rows?.filter(({ state }) => state.value.kind === kind).length ?? 0;

function Reason({ reason }: Pick<ListModel, 'reason'>): VNode {
  const t = useWords();
  return (
    <label class="field">
      <span>{t('list.reason')}</span>
      <textarea
        class="input"
        maxLength={500}
        value={reason.value}
        onInput={({ currentTarget }) => {
          reason.value = currentTarget.value;
        }}
      />
      <span class="quiet">{t('list.reasonHint')}</span>
    </label>
  );
}

function Client({ row, model }: { row: Row; model: ListModel }): VNode {
  const t = useWords();
  const { contact, contactId, state } = row;
  return (
    <li class="client">
      <span>
        {contact ? (
          <a href={contact.address} target="_blank" rel="noreferrer">
            {contact.name}
          </a>
        ) : (
          t('list.contact', { id: contactId })
        )}
      </span>{' '}
      <span class={state.value.kind === 'mine' ? 'owner' : 'quiet'}>{fateOf(row, model, t)}</span>
    </li>
  );
}

/** What a press means, then that nobody has to wait for it, or why nothing comes of it. */
function Onward({
  model,
  rows,
  isPressed,
}: {
  model: ListModel;
  rows: readonly Row[] | null;
  isPressed: boolean;
}): VNode | null {
  const t = useWords();
  const reasons = rows?.flatMap(({ state: { value } }) => {
    if (value.kind === 'no-role') return t('claim.noRole');
    if (value.kind === 'forbidden') return t('list.right');
    return value.kind === 'failed' ? `${t('claim.failed')} ${whyFailed(t, value.failure)}` : [];
  });
  const why = [...new Set(reasons)].join(' ');
  if (rows && !isPressed && !model.next.value && !why && !countOf(rows, 'needs-reason')) return null;
  return (
    <div class="onward">
      <p class={isPressed || why ? 'kept' : 'quiet'}>{t('list.hint')}</p>
      <p class={isPressed && !why ? 'quiet' : 'kept'}>{t('list.after')}</p>
      {why && <Notice tone="problem">{why}</Notice>}
    </div>
  );
}
