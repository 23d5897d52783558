/** A browser that visits the server's own pages. It keeps its cookie and does not follow redirects. */
import type { Office } from './office.ts';

type Form = Readonly<Record<string, string>> | ReadableStream<Uint8Array>;

export type Browser = (address: string, form?: Form) => Promise<Response>;

export function browserOf(office: Office): Browser {
  let cookie = '';
  return async (address, form) => {
    const answer = await office.app(
      new Request(new URL(address, office.origin), {
        method: form ? 'POST' : 'GET',
        headers: { 'Accept-Language': 'en', ...(cookie && { Cookie: cookie }) },
        ...(form && {
          body: form instanceof ReadableStream ? form : new URLSearchParams(form),
          duplex: 'half',
        }),
      }),
    );
    const set = answer.headers.getSetCookie()[0];
    if (set !== undefined) cookie = /Max-Age=0/.test(set) ? '' : (set.split(';')[0] ?? '');
    return answer;
  };
}
