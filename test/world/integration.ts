/** The widget as one account holds it. `fields` is what native Save keeps. */
export type Integration = {
  readonly code: string;
  readonly id: number;
  readonly uuid: string;
  /** Signs the one-time tokens. */
  readonly secret: string;
  /** Scheme and host of the integration's redirect address: the tokens' audience. */
  audience: string;
  /**
   * Where the CRM sends people and codes, once its maker has said so; both grants of the token endpoint repeat it byte
   * for byte.
   */
  redirectUri?: string;
  /** Told when an account switches the integration off; not everybody has one. */
  disableUri?: string;
  /** Of the package that is uploaded: the page asks for scripts with it. */
  version: string;
  status: 'install' | 'installed';
  active: boolean;
  fields: Record<string, string>;
};

/** Uploaded and not yet installed. */
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
