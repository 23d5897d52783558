import { expect, it } from 'vitest';
import { breath } from '../../../widget/work/breath.ts';

it('lets waiting events run between two steps of long work', async () => {
  const order: string[] = [];
  setTimeout(() => order.push('a click'));
  order.push('one step');
  await breath();
  order.push('the next');
  expect(order).toEqual(['one step', 'a click', 'the next']);
});
