/** The dialog over the CRM's list: the owners of the picked clients, one button, and then the result for each. */
import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { whyFailed } from '../../words/why-failed.ts';
import { useWords } from '../../words/words.tsx';
import { WordsField } from '../card/view/WordsField.tsx';
import { labelsOf } from '../../../domain/namesakes.ts';
import { Shield } from '../card/view/Steady.tsx';
import { Guarded, TroubleNotice } from '../card/view/Trouble.tsx';
import { rowText } from './row-text.ts';
import { MOST_PICKED, type ListModel, type Row, type RowState } from './list-model.ts';

export function ListDialog({
  model,
  left,
  onClose,
}: {
  model: ListModel;
  /** How many were picked beyond the limit. */
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
        <Guarded>
          <Body model={model} />
        </Guarded>
      </div>
    </Dialog>
  );
}

function Foot({ model, onClose }: { model: ListModel; onClose: () => void }): VNode {
  const t = useWords();
  const next = model.next.value;
  // Each action gets a new element, because a page translator may hold on to the old one's text.
  const key = next ? `${next.isLook} ${next.count}` : '';
  const foot = useRef<HTMLDivElement>(null);
  // When the focused button goes, the focus would be lost.
  useLayoutEffect(() => {
    if (document.activeElement === document.body) foot.current?.querySelector('button')?.focus();
  }, [key]);
  return (
    <>
      {next && (
        <Button key={key} kind="primary" busy={next.isBusy} onPress={model.press}>
          {next.isLook ? t('claim.lookAgain') : t('list.take', { count: next.count })}
        </Button>
      )}
      <div class="push" ref={foot}>
        <Button onPress={onClose}>{t('list.close')}</Button>
      </div>
      <Shield first="" of={key} />
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
  const contacts = rows?.flatMap(({ contact }) => contact ?? []) ?? [];
  const labels = labelsOf(contacts.map(({ id, name, phones }) => ({ id, name, details: phones })));
  return (
    <>
      <TroubleNotice trouble={model.trouble.value} />
      {state.kind === 'offline' && <Notice tone="problem">{t('claim.offline')}</Notice>}
      <p role="status">
        {rows
          ? t(model.next.value?.isBusy ? 'list.claiming' : 'list.mineOf', {
              mine: rows.filter(({ ownerId }) => model.ownership(ownerId.value).kind === 'mine').length,
              all: rows.length,
            })
          : t('list.reading')}
      </p>
      {countOf(rows, 'needs-reason') > 0 && (
        <WordsField label={t('list.reason')} hint={t('list.reasonHint')} words={model.reason} />
      )}
      <ul class="clients" aria-hidden={!rows}>
        {rows
          ? rows.map(row => (
              <Client key={row.contactId} row={row} name={labels.get(row.contactId)} model={model} />
            ))
          : model.given.picked.map(id => <li key={id} class="client skeleton" />)}
      </ul>
      <Onward model={model} rows={rows} isPressed={state.kind === 'pressed'} />
    </>
  );
}

const countOf = (rows: readonly Row[] | null, kind: RowState['kind']): number =>
  rows?.filter(({ state }) => state.value.kind === kind).length ?? 0;

function Client({ row, name, model }: { row: Row; name: string | undefined; model: ListModel }): VNode {
  const t = useWords();
  const { contact, contactId, state } = row;
  return (
    <li class="client">
      <span>
        {contact ? (
          <a class="alone" href={contact.address} target="_blank" rel="noreferrer">
            {name}
          </a>
        ) : (
          t('nameless.contact', { id: contactId })
        )}
      </span>{' '}
      <span class={state.value.kind === 'mine' ? 'owner' : 'quiet'}>{rowText(row, model, t)}</span>
    </li>
  );
}

/** Explains the press beforehand. Afterwards, says that the person need not wait, or why it failed. */
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
    if (value.kind === 'unknown' && value.failure.code === 'defect') return whyFailed(t, value.failure);
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
