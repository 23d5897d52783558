import type { Failure } from '../http/failure.ts';
import type { Words } from './words.tsx';

/** Says what went wrong and what to do about it, in the person's language. */
export const whyFailed = (t: Words, { service, code }: Pick<Failure, 'service' | 'code'>): string =>
  service === 'widget' || code === 'defect' ? t('failure.defect') : t(`failure.${service}.${code}`);
