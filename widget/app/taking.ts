/** Presses that the server carries out for the person. A separate file, because no first view needs it. */
import { takeThrough } from '../account/taking.ts';
import type { HostPage } from '../host/host.ts';
import { takingWith } from '../seller/claim/taking.ts';
import type { WriteThrough } from './mounting.ts';

export const takingOn =
  (page: Pick<HostPage, 'cardOf' | 'knowChange'>): WriteThrough =>
  reached =>
    takingWith(takeThrough(reached, id => page.cardOf('contact', id), page.knowChange));
