/** Whether a request is Pipedrive's to answer. */
export const isForPipedrive = ({ url }: { readonly url: string }): boolean =>
  new URL(url).hostname.endsWith('.pipedrive.com');
