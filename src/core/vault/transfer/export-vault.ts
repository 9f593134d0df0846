import { fail, ok, type Result } from '@contract/result'
import type { EnvironmentStore } from '../../records/environment-store.ts'
import { draftDocument } from '../../records/documents/request-draft.ts'
import type { TokenSet, User } from '../../records/model.ts'
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

/** Collects what a user's vault holds, secrets in plain text: the answer never touches the disk unencrypted. */
function collect(user: User, box: SecretBox, parts: ExportParts): ExportDocument {
  const userId = user.id
  const missing: string[] = []
  function open(table: string, rowId: string, column: string, sealed: Uint8Array | undefined) {
    if (sealed === undefined) return undefined
    const plain = box.open({ userId, table, rowId, column }, sealed)
    if (!plain.ok) missing.push(`${table} ${rowId} ${column}: ${plain.error.code}`)
    return plain.ok ? plain.value : undefined
  }
  const connections = parts.connections.list(userId).filter(({ id, unreadable }) => {
    if (unreadable) missing.push(`connections ${id}: ${unreadable.code}`)
    return unreadable === undefined
  })
  const exported = new Set(connections.map(({ id }) => id))
  const accounts = parts.tokens
    .listAccounts(userId)
    .filter(({ account }) => exported.has(account.connectionId))
  const requests = parts.requests.list(userId).filter(({ id, draft }) => {
    const read = draftDocument.read(draft)
    if (!read.ok) missing.push(`requests ${id}: ${read.error.code}`)
    return read.ok
  })
  function exportTokenSet(set: TokenSet): ExportDocument['tokenSets'] {
    const { userId: _user, sealedAccessToken, sealedRefreshToken, sealedIdToken, ...plain } = set
    const accessToken = open('token_sets', set.id, 'access_token', sealedAccessToken)
    const refreshToken = open('token_sets', set.id, 'refresh_token', sealedRefreshToken)
    const idToken = open('token_sets', set.id, 'id_token', sealedIdToken)
    if (accessToken === undefined) return []
    const lineage = parts.tokens.lineage(set.id).map(({ tokenSetId: _set, ...step }) => step)
    return [{ ...plain, accessToken, refreshToken, idToken, lineage }]
  }
  return {
    format: 'gatehouse-vault',
    version: 1,
    exportedAt: parts.clock.now(),
    username: user.username,
    environments: parts.users.environments(userId).map(({ id, name }) => ({
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
        sealedClientSecret,
        sealedClientKey,
        sealedCertificate,
        sealedDpopKey,
        ...plain
      }) => ({
        ...plain,
        clientSecret: open('connections', plain.id, 'client_secret', sealedClientSecret),
        clientKey: open('connections', plain.id, 'client_key', sealedClientKey),
        certificate: open('connections', plain.id, 'client_certificate', sealedCertificate),
        dpopKey: open('connections', plain.id, 'dpop_key', sealedDpopKey),
      }),
    ),
    accounts: accounts.map(({ account: { userId: _user, ...plain } }) => plain),
    tokenSets: accounts.flatMap(({ tokenSet }) => (tokenSet ? exportTokenSet(tokenSet) : [])),
    requests: requests.map(({ userId: _user, sealedSecrets, ...plain }) => ({
      ...plain,
      secrets: open('requests', plain.id, 'secrets', sealedSecrets),
    })),
    missing,
  }
}
