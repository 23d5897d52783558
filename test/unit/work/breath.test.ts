import { expect, it } from 'vitest';
import { breath } from '../../../widget/work/breath.ts';

it('between two steps of long work, what waits goes first', async () => {
  const order: string[] = [];
  setTimeout(() => order.push('a click'));
  order.push('one step');
  await breath();
  order.push('the next');
  expect(order).toEqual(['one step', 'a click', 'the next']);
});
