/** Sends the server's requests to other machines. Tests replace it with their own. */
export type Fetch = (request: Request) => Promise<Response>;

/** The request never left this machine, so it had no effect. After any other error the effect is unknown. */
export class NotSent extends Error {
  override name = 'NotSent';
  /** The other side accepts no more requests of this account until its day ends. */
  readonly isBudgetGone: boolean;
  constructor(message: string, isBudgetGone = false) {
    super(message);
    this.isBudgetGone = isBudgetGone;
  }
}
