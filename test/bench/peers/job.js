/**
 * The job that every grid does: a dialog with everybody in it, a search, a role and a switch for each person, a tick, and one
 * role for all ticked people. It reports what it did, so that a figure stands for work that was really done.
 */
import everybody from './everybody.json';

/** `text` is what a search looks into, normalised beforehand like ours. */
export const people = everybody;
export const ROLES = ['none', 'seller', 'supervisor', 'auditor'];

/** Every word of the search matches. */
export const matches = (text, typed) =>
  typed
    .toLowerCase()
    .split(' ')
    .filter(Boolean)
    .every(word => text.includes(word));

const create = (name, properties = {}) => Object.assign(document.createElement(name), properties);

/**
 * `mount` draws into a box and returns the actions of the buttons and the search, the found people, and the cleanup. The role
 * `null` is a person's first role.
 */
export function perform(mount) {
  const open = create('button', { id: 'open', textContent: 'Open' });
  const dialog = create('dialog');
  open.addEventListener('click', () => {
    const search = create('input', { type: 'search', id: 'search' });
    const setAll = create('button', { id: 'set-all', textContent: 'Supervisor' });
    const undoAll = create('button', { id: 'undo-all', textContent: 'Undo' });
    const close = create('button', { id: 'close', textContent: 'Close' });
    const box = create('div', { id: 'box' });
    dialog.replaceChildren(search, setAll, undoAll, box, close);
    dialog.showModal();
    const grid = mount(box);
    search.addEventListener('input', () => grid.search(search.value));
    setAll.addEventListener('click', () => grid.setTicked('supervisor'));
    undoAll.addEventListener('click', () => grid.setTicked(null));
    close.addEventListener('click', () => {
      grid.leave();
      dialog.close();
      dialog.replaceChildren();
    });
    window.job = { found: grid.found, withRole: grid.withRole };
  });
  document.body.append(open, dialog);
}
