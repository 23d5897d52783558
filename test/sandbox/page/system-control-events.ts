/** The CRM's own select opens on a click, takes the pressed value, and reports it through its hidden field. */
import type { JQueryStatic } from './jquery.ts';

const OPEN = 'control--select--open';
const CHOSEN = 'control--select--list--item-selected';

export function listenToSelects($: JQueryStatic): void {
  const close = (except?: Element | null): void =>
    document.querySelectorAll(`.${OPEN}`).forEach(one => {
      if (one !== except) one.classList.remove(OPEN);
    });
  $(document).on('click', ({ target }) => {
    const select = target.closest('.control--select');
    close(select);
    if (!select) return;
    const item = target.closest<HTMLElement>('.control--select--list--item');
    if (item) choose($, select, item);
    if (item) select.classList.remove(OPEN);
    else select.classList.toggle(OPEN);
  });
}

function choose($: JQueryStatic, select: Element, item: HTMLElement): void {
  const { value = '' } = item.dataset;
  const field = select.querySelector<HTMLInputElement>('.control--select--input');
  const shown = select.querySelector<HTMLElement>('.control--select--button');
  if (!field || !shown || field.value === value) return;
  for (const one of select.querySelectorAll('.control--select--list--item')) {
    one.classList.toggle(CHOSEN, one === item);
    one.setAttribute('aria-selected', String(one === item));
  }
  shown.dataset['value'] = value;
  shown.querySelector('.control--select--button-inner')?.replaceChildren(item.textContent);
  field.value = value;
  $(field).trigger('change');
  $(field).trigger('controls:change');
}
