/** The widget as installed in one account. `fields` is what the native Save stores. */
export type Integration = {
  readonly code: string;
  readonly id: number;
  readonly uuid: string;
  /** Signs the one-time tokens. */
  readonly secret: string;
  /** Scheme and host of the integration's redirect address: the audience of tokens. */
  audience: string;
  /**
   * Where the CRM redirects people with codes, once the integration's maker has set it. Both grants of the token
   * endpoint repeat it byte for byte.
   */
  redirectUri?: string;
  /** Called when an account switches the integration off; optional. */
  disableUri?: string;
  /** The version of the uploaded package; the page requests scripts with it. */
  version: string;
  status: 'install' | 'installed';
  active: boolean;
  fields: Record<string, string>;
};

/** Uploaded but not installed yet. */
export const newIntegration = (
  audience: string,
  addresses: Pick<Integration, 'redirectUri' | 'disableUri'> = {},
): Integration => ({
  ...addresses,
  code: 'crm_chat_roles',
  id: 4959,
  uuid: '0b0123f4-d123-4123-9123-e09f123456c1',
  secret: 'the integration secret that only the CRM and the gateway know',
  audience,
  version: '1.0.0',
  status: 'install',
  active: false,
  fields: {},
});
