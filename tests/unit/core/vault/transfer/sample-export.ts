import type { ExportDocument } from '../../../../../src/core/vault/transfer/export-document.ts'
import { draft } from '../profile.ts'

/** A document in which every member is there, two rows of most. */
export const sample = (): ExportDocument => {
  const connection: ExportDocument['connections'][number] = {
    id: 'c1',
    environmentId: 'e1',
    name: 'First',
    metadata: { issuer: 'https://id.example', token_endpoint: 'https://id.example/token' },
    metadataSource: 'discovery',
    metadataFetchedAt: 1,
    clientId: 'client',
    clientAuthentication: 'client_secret_basic',
    clientSecret: 'the client secret',
    clientKey: 'the client key',
    certificate: 'the certificate',
    dpopKey: 'the DPoP key',
    settings: { prompt: 'login' },
    publicKeys: {
      client: { algorithm: 'ES256', kid: 'k1', jwk: '{}' },
      dpop: { algorithm: 'ES256', kid: 'k2', jwk: '{}' },
      certificate: { subject: 'CN=a', issuer: 'CN=b', thumbprint: 't', validTo: 2 },
    },
    scope: 'openid',
    resource: 'https://api.example',
    redirectKind: 'loopback',
    allowInsecure: false,
    isPlayground: false,
    createdAt: 3,
    updatedAt: 4,
  }
  const account = (id: string): ExportDocument['accounts'][number] => ({
    id,
    connectionId: 'c1',
    issuer: 'https://id.example',
    subject: `subject of ${id}`,
    profile: { name: id, deep: { er: [1] } },
    signedInAt: 5,
  })
  const tokenSet = (id: string, accountId: string): ExportDocument['tokenSets'][number] => ({
    id,
    accountId,
    grant: 'authorization_code',
    tokenType: 'Bearer',
    scope: 'openid',
    scopeAsked: 'openid profile',
    resource: 'https://api.example',
    obtainedAt: 100,
    expiresAt: 110,
    ownExpiresAt: 111,
    revokedAt: 112,
    accessTokenFormat: 'jwt',
    refreshCount: 1,
    refreshedAt: 105,
    accessToken: `${id} access`,
    refreshToken: `${id} refresh`,
    idToken: `${id} id`,
    lineage: [
      { at: 100, event: 'signed-in', reason: 'first', changes: ['scope'] },
      { at: 105, event: 'refreshed', reason: 'second', changes: [] },
    ],
  })
  return {
    format: 'gatehouse-vault',
    version: 1,
    exportedAt: 9,
    username: 'Ann',
    files: [],
    ownSecrets: [],
    environments: [
      {
        id: 'e1',
        name: 'local',
        variables: [
          { name: 'base', value: 'https://api.example', secret: false },
          { name: 'key', value: 'the variable', secret: true },
        ],
      },
      { id: 'e2', name: 'staging', variables: [] },
    ],
    connections: [connection, { ...connection, id: 'c2', environmentId: 'e2', name: 'Second' }],
    accounts: [account('a1'), account('a2')],
    tokenSets: [tokenSet('t1', 'a1'), tokenSet('t2', 'a2')],
    requests: [
      { id: 'r1', name: 'Orders', draft, secrets: '{"headers.0":"s"}', updatedAt: 6 },
      { id: 'r2', name: 'Plain', draft, updatedAt: 7 },
    ],
    cookieJars: [{ environmentId: 'e1', cookies: '{"cookies":[]}' }],
    network: [],
    missing: ['connections c9 client_secret: secret_unreadable'],
  }
}
