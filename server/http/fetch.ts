/** How the server asks other machines; tests lead it to theirs. */
export type Fetch = (request: Request) => Promise<Response>;

/** It has not left this machine, so nothing came of it. Any other error leaves open whether something did. */
export class NotSent extends Error {
  override name = 'NotSent';
  /** The other side takes no questions of this account until its day is over. */
  readonly isBudgetGone: boolean;
  constructor(message: string, isBudgetGone = false) {
    super(message);
    this.isBudgetGone = isBudgetGone;
  }
}
