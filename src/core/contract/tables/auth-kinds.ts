import type { AuthKind, RequestAuth } from '../sending/auth.ts'

type FieldsOf<Kind extends AuthKind> = Exclude<keyof Extract<RequestAuth, { kind: Kind }>, 'kind'>

/** A field of a kind of auth. */
export interface AuthField {
  label: string
  /** Kept in the vault, and covered in all that is kept. */
  secret?: true
  hint?: string
  /** What can be picked, by how each is called; text where there are none. */
  options?: Readonly<Record<string, string>>
  /** Nothing has to be entered. */
  optional?: true
}

type Rows = {
  [Kind in AuthKind]: {
    /** In the picker. */
    called: string
    fields: Readonly<Record<FieldsOf<Kind>, AuthField>>
  }
}

/** The ways to say who calls beside an account, in the order in which they are offered. */
export const authKindTable = {
  inherit: { called: 'Inherited', fields: {} },
  bearer: { called: 'Bearer token', fields: { token: { label: 'Token', secret: true } } },
  basic: {
    called: 'Basic',
    fields: {
      username: { label: 'Username' },
      password: { label: 'Password', secret: true, optional: true },
    },
  },
  digest: {
    called: 'Digest',
    fields: {
      username: { label: 'Username' },
      password: { label: 'Password', secret: true, optional: true },
    },
  },
  apikey: {
    called: 'API key',
    fields: {
      key: { label: 'Name', hint: 'Of the header, parameter or cookie, such as X-API-Key.' },
      value: { label: 'Value', secret: true },
      placement: { label: 'Sent in', options: { header: 'Header', query: 'Query', cookie: 'Cookie' } },
    },
  },
  awsv4: {
    called: 'AWS Signature v4',
    fields: {
      accessKeyId: { label: 'Access key ID' },
      secretAccessKey: { label: 'Secret access key', secret: true },
      sessionToken: {
        label: 'Session token',
        secret: true,
        optional: true,
        hint: 'Only for temporary credentials.',
      },
      service: { label: 'Service', hint: 'Such as s3 or execute-api.' },
      region: { label: 'Region', hint: 'Such as eu-central-1.' },
    },
  },
  'client-credentials': {
    called: 'Client credentials',
    fields: {
      tokenUrl: { label: 'Token endpoint' },
      clientId: { label: 'Client ID' },
      clientSecret: { label: 'Client secret', secret: true },
      scope: { label: 'Scope', optional: true },
      placement: {
        label: 'Client authentication',
        options: { header: 'Authorization header', body: 'Request body' },
      },
    },
  },
} as const satisfies Rows
