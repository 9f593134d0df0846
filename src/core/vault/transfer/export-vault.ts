import { defined } from '@contract/defined'
import { fail, ok, type Result } from '@contract/result'
import type { CollectionRequestRecord } from '../../records/collection-store.ts'
import { connectionDestination, nowhere, tokenDestination } from '../../records/destination.ts'
import type { CookieStore } from '../../records/cookie-store.ts'
import type { NetworkStore } from '../../records/network-store.ts'
import type { EnvironmentStore } from '../../records/environment-store.ts'
import { collectionMemoryDocument } from '../../records/documents/collection-memory.ts'
import { draftDocument } from '../../records/documents/request-draft.ts'
import type { Account, TokenSet, User } from '../../records/model.ts'
import type { Clock, ConnectionStore, RequestStore, TokenStore, UserStore } from '../../records/ports.ts'
import { utf8 } from '../box/bytes.ts'
import type { ExportDocument } from './export-document.ts'
import { readNewPassword } from '../guard/password.ts'
import type { SecretBox } from '../box/secret-box.ts'
import type { SecretFile } from './secret-file.ts'

/** What an export reads. */
export interface ExportParts {
  users: UserStore
  environments: Pick<EnvironmentStore, 'variables'>
  connections: ConnectionStore
  tokens: TokenStore
  requests: RequestStore
  cookies: Pick<CookieStore, 'list'>
  network: Pick<NetworkStore, 'get'>
  /** What the files of a user's own collection say, with what belongs to them, as they were noted just now. */
  ownFiles: (
    userId: string,
  ) => { path: string; text: string; request?: CollectionRequestRecord | undefined }[]
  /** What was entered for that collection, sealed. */
  ownMemory: (userId: string) => { id: string; sealedContent: Uint8Array } | undefined
  clock: Clock
  file: SecretFile
}

/** Encrypts a user's whole vault with a password of its own; `missing` names the secrets that did not open.
 *  Codes: `vault_locked`, `password_unfit`. */
export async function exportVault(
  user: User,
  box: SecretBox & { isLocked(): boolean },
  parts: ExportParts,
  password: string,
): Promise<Result<{ bytes: Uint8Array; missing: string[] }>> {
  if (box.isLocked()) return fail('vault_locked', 'The vault is locked.', 'Unlock Gatehouse, then try again.')
  const fit = readNewPassword(password)
  if (!fit.ok) return fit
  const document = collect(user, box, parts)
  const bytes = await parts.file.encrypt(utf8(JSON.stringify(document)), password)
  return ok({ bytes, missing: document.missing })
}

/** Collects what a user's vault holds, secrets in plain text: the response never touches the disk unencrypted. */
function collect(user: User, box: SecretBox, parts: ExportParts): ExportDocument {
  const userId = user.id
  const missing: string[] = []
  function open(
    table: string,
    rowId: string,
    column: string,
    sealed: Uint8Array | undefined,
    destination?: string,
  ) {
    if (sealed === undefined) return undefined
    const plain = box.open({ userId, table, rowId, column, ...defined({ destination }) }, sealed)
    if (!plain.ok) missing.push(`${table} ${rowId} ${column}: ${plain.error.code}`)
    return plain.ok ? plain.value : undefined
  }
  const connections = parts.connections.list(userId).filter(({ id, unreadable }) => {
    if (unreadable) missing.push(`connections ${id}: ${unreadable.code}`)
    return unreadable === undefined
  })
  const exported = new Map(connections.map((each) => [each.id, each]))
  const accounts = parts.tokens
    .listAccounts(userId)
    .filter(({ account }) => exported.has(account.connectionId))
  const requests = parts.requests.list(userId).filter(({ id, draft }) => {
    const read = draftDocument.read(draft)
    if (!read.ok) missing.push(`requests ${id}: ${read.error.code}`)
    return read.ok
  })
  function exportTokenSet(account: Account, set: TokenSet): ExportDocument['tokenSets'] {
    const connection = exported.get(account.connectionId)
    const destination = connection ? tokenDestination(connection, { account, tokenSet: set }) : nowhere
    const { userId: _user, sealedAccessToken, sealedRefreshToken, sealedIdToken, ...plain } = set
    const accessToken = open('token_sets', set.id, 'access_token', sealedAccessToken, destination)
    const refreshToken = open('token_sets', set.id, 'refresh_token', sealedRefreshToken, destination)
    const idToken = open('token_sets', set.id, 'id_token', sealedIdToken, destination)
    if (accessToken === undefined) return []
    const lineage = parts.tokens.lineage(set.id).map(({ tokenSetId: _set, ...step }) => step)
    return [{ ...plain, accessToken, refreshToken, idToken, lineage }]
  }
  const environments = parts.users.environments(userId)
  const ofAccounts = new Set(accounts.map(({ account }) => account.id))
  function exportNetwork(): ExportDocument['network'] {
    const record = parts.network.get(userId)
    if (record === undefined) return []
    const { document, sealedSecrets } = record
    const secrets = open('network_settings', userId, 'secrets', sealedSecrets, document)
    return secrets === undefined ? [] : [{ document, secrets }]
  }
  /** Neither what is allowed on this computer nor what was captured on it. */
  function exportOwnSecrets(): ExportDocument['ownSecrets'] {
    const record = parts.ownMemory(userId)
    const text = record && open('collection_memories', record.id, 'content', record.sealedContent)
    if (record === undefined || text === undefined) return []
    const read = collectionMemoryDocument.read(text)
    if (!read.ok) missing.push(`collection_memories ${record.id}: ${read.error.code}`)
    return read.ok ? Object.entries(read.value.secrets).map(([key, value]) => ({ key, value })) : []
  }
  return {
    format: 'gatehouse-vault',
    version: 1,
    exportedAt: parts.clock.now(),
    username: user.username,
    environments: environments.map(({ id, name }) => ({
      id,
      name,
      variables: parts.environments.variables(userId, id).flatMap((variable) => {
        const secret = variable.sealedValue !== undefined
        const value = secret
          ? open('environment_variables', variable.id, 'value', variable.sealedValue)
          : variable.value
        return value === undefined ? [] : [{ name: variable.name, value, secret }]
      }),
    })),
    connections: connections.map(
      ({
        userId: _user,
        sealedProof: _proof,
        sealedClientSecret,
        sealedClientKey,
        sealedCertificate,
        sealedDpopKey,
        ...plain
      }) => {
        const openFor = (column: string, sealed: Uint8Array | undefined) =>
          open('connections', plain.id, column, sealed, connectionDestination(plain))
        return {
          ...plain,
          clientSecret: openFor('client_secret', sealedClientSecret),
          clientKey: openFor('client_key', sealedClientKey),
          certificate: openFor('client_certificate', sealedCertificate),
          dpopKey: openFor('dpop_key', sealedDpopKey),
        }
      },
    ),
    accounts: accounts.map(({ account: { userId: _user, ...plain } }) => plain),
    tokenSets: accounts.flatMap(({ account, tokenSet }) =>
      tokenSet ? exportTokenSet(account, tokenSet) : [],
    ),
    requests: requests.map(({ userId: _user, sealedSecrets, ...plain }) => ({
      ...plain,
      secrets: open('requests', plain.id, 'secrets', sealedSecrets),
    })),
    cookieJars: environments
      .flatMap(({ id }) => parts.cookies.list(userId, id))
      .filter(({ accountId }) => accountId === undefined || ofAccounts.has(accountId))
      .flatMap(({ id, environmentId, accountId, sealedCookies }) => {
        const cookies = open('cookie_jars', id, 'cookies', sealedCookies)
        return cookies === undefined ? [] : [{ environmentId, ...defined({ accountId }), cookies }]
      }),
    network: exportNetwork(),
    files: parts.ownFiles(userId).map(({ path, text, request }) => ({
      path,
      text,
      accountId: request?.accountId,
      secrets: request && open('collection_requests', request.id, 'secrets', request.sealedSecrets),
    })),
    ownSecrets: exportOwnSecrets(),
    missing,
  }
}
