import { expect, it } from 'vitest';
import { createClient } from '../../../widget/http/client.ts';

it('does not send a write that has waited in the queue for too long', async () => {
  let isDue = true;
  const asked: string[] = [];
  const ask = createClient({
    service: 'crm',
    baseURL: 'https://nobody.test',
    headers: {},
    explain: () => ({ reason: null }),
    pace: async () => {
      isDue = false;
      return () => void asked.push('free again');
    },
  });
  const writing = ask({ method: 'PATCH', path: '/contacts/1', body: {}, isDue: () => isDue });
  await expect(writing).rejects.toMatchObject({ code: 'cancelled' });
  expect(asked).toEqual(['free again']);
});
