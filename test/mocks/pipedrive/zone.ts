/** Whether Pipedrive answers a request. */
export const isForPipedrive = ({ url }: { readonly url: string }): boolean =>
  new URL(url).hostname.endsWith('.pipedrive.com');
