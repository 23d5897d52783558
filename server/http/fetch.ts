/** How the server asks other machines; tests lead it to theirs. */
export type Fetch = (request: Request) => Promise<Response>;

/** It has not left this machine, so nothing came of it. Any other error leaves open whether something did. */
export class NotSent extends Error {
  override name = 'NotSent';
}
