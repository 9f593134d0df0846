import { fail, ok, type Result } from '@contract/result'
import type { EnvironmentStore, Variable } from '../../records/environment-store.ts'
import { leadsToSame, pointsInside } from '../../records/destination.ts'
import type { TokenSet } from '../../records/model.ts'
import type { ConnectionStore, RequestStore, TokenStore, UserStore } from '../../records/ports.ts'
import { fromUtf8 } from '../box/bytes.ts'
import { danglingReference, exportDocument, type ExportDocument } from './export-document.ts'
import type { SecretBox } from '../box/secret-box.ts'
import type { SecretFile } from './secret-file.ts'

/** Bytes of an export file, at most. */
export const importLimit = 64 * 1024 * 1024

/** What an import writes to. */
export interface ImportParts {
  users: UserStore
  environments: Pick<EnvironmentStore, 'variables' | 'saveVariables'>
  connections: ConnectionStore
  tokens: TokenStore
  requests: RequestStore
  file: SecretFile
  newId: () => string
  /** Whose row of this table has the identifier; `undefined` where nobody's. */
  ownerOf: (
    table: 'environments' | 'connections' | 'accounts' | 'token_sets' | 'requests',
    id: string,
  ) => string | undefined
  atomically<T>(work: () => T): T
}

/** How much an import brought. */
export interface ImportCounts {
  environments: number
  connections: number
  accounts: number
  requests: number
}

/** Brings an export into a user's vault, in one transaction: all of it or nothing. A row that this user has
 *  already is replaced, a connection only where it leads to the same places in the same way; one that belongs to another user of this computer, or is something else under the same
 *  identifier, gets a new one. An account whose tokens are missing in the file is left out, and so is one whose
 *  tokens here are newer. Nothing is sent.
 *  Codes: `vault_locked`, those of `readExport`. */
export async function importVault(
  userId: string,
  box: SecretBox & { isLocked(): boolean },
  parts: ImportParts,
  bytes: Uint8Array,
  password: string,
): Promise<Result<ImportCounts>> {
  const read = await readExport(bytes, password, parts.file)
  if (!read.ok) return read
  if (box.isLocked()) return fail('vault_locked', 'The vault is locked.', 'Unlock Gatehouse, then try again.')
  return ok(parts.atomically(() => write(userId, box, parts, read.value)))
}

/** Opens and checks an export file without writing anything.
 *  Codes: `export_too_large`, `export_password_wrong`, `export_unreadable`, `export_points_inside`. */
async function readExport(
  bytes: Uint8Array,
  password: string,
  file: SecretFile,
): Promise<Result<ExportDocument>> {
  if (bytes.byteLength > importLimit)
    return fail(
      'export_too_large',
      'The file is larger than 64 MiB: this is no export.',
      'Choose another file.',
    )
  const plain = await file.decrypt(bytes, password)
  if (!plain.ok) return plain
  const damaged = (detail: string) =>
    fail(
      'export_unreadable',
      `The file opened, but its content is not an export (${detail}).`,
      'Choose another file.',
    )
  try {
    const parsed = exportDocument.safeParse(JSON.parse(fromUtf8(plain.value) ?? ''))
    if (parsed.success) {
      const dangling = danglingReference(parsed.data)
      if (dangling !== undefined) return damaged(dangling)
      for (const { name, metadata } of parsed.data.connections) {
        const inside = pointsInside(metadata)
        if (inside)
          return fail(
            'export_points_inside',
            `The file was not imported: the connection “${name.slice(0, 80)}” to ${metadata.issuer.slice(0, 200)} names an address in this computer (${inside.name}: ${inside.host.slice(0, 80)}).`,
            'Import only files that you exported yourself. An address in this computer can be entered by hand afterwards.',
          )
      }
      return ok(parsed.data)
    }
    const issue = parsed.error.issues[0]
    return damaged(issue ? `${issue.path.join('.')}: ${issue.message}` : 'unknown form')
  } catch {
    return damaged('no JSON')
  }
}

type Table = Parameters<ImportParts['ownerOf']>[0]

function timeOf({ obtainedAt, refreshedAt }: Pick<TokenSet, 'obtainedAt' | 'refreshedAt'>): number {
  return refreshedAt ?? obtainedAt
}

function write(userId: string, box: SecretBox, parts: ImportParts, document: ExportDocument): ImportCounts {
  const renamed = new Map<string, string>()
  function idIn(table: Table, id: string): string {
    const name = `${table} ${id}`
    const owner = parts.ownerOf(table, id)
    const known = renamed.get(name) ?? (owner === undefined || owner === userId ? id : parts.newId())
    renamed.set(name, known)
    return known
  }
  const opens = ({ id: rowId, sealedAccessToken }: TokenSet): boolean =>
    box.open({ userId, table: 'token_sets', rowId, column: 'access_token' }, sealedAccessToken).ok
  const seal = (table: Table, rowId: string, column: string, plain: string | undefined) =>
    plain === undefined ? undefined : box.seal({ userId, table, rowId, column }, plain)

  const environments = parts.users.environments(userId)
  const environmentById = new Map(environments.map((each) => [each.id, each]))
  const environmentByName = new Map(environments.map((each) => [each.name, each]))
  for (const { id, name, variables } of document.environments) {
    const same = environmentByName.get(name) ?? environmentById.get(id)
    renamed.set(`environments ${id}`, same?.id ?? idIn('environments', id))
    const environmentId = idIn('environments', id)
    if (!same) {
      const added = { id: environmentId, userId, name }
      parts.users.addEnvironment(added)
      environmentById.set(environmentId, added)
      environmentByName.set(name, added)
    }
    // A variable of the same name is replaced; what the file does not name stays.
    const brought = new Set(variables.map((variable) => variable.name))
    const others = parts.environments
      .variables(userId, environmentId)
      .filter((variable) => !brought.has(variable.name))
    const sealed = variables.map(({ name: called, value, secret }): Variable => {
      const variableId = parts.newId()
      const place = { userId, table: 'environment_variables', rowId: variableId, column: 'value' }
      return {
        id: variableId,
        userId,
        environmentId,
        name: called,
        ...(secret ? { sealedValue: box.seal(place, value) } : { value }),
      }
    })
    parts.environments.saveVariables(userId, environmentId, [...others, ...sealed])
  }
  for (const { clientSecret, clientKey, certificate, dpopKey, ...plain } of document.connections) {
    const here = parts.connections.get(userId, plain.id)
    // Accounts that are here would send their tokens to wherever the file says.
    if (here && !leadsToSame(here, plain)) renamed.set(`connections ${plain.id}`, parts.newId())
    const id = idIn('connections', plain.id)
    const environmentId = idIn('environments', plain.environmentId)
    const sealedClientSecret = seal('connections', id, 'client_secret', clientSecret)
    parts.connections.save({
      ...plain,
      id,
      userId,
      environmentId,
      sealedClientSecret,
      sealedClientKey: seal('connections', id, 'client_key', clientKey),
      sealedCertificate: seal('connections', id, 'client_certificate', certificate),
      sealedDpopKey: seal('connections', id, 'dpop_key', dpopKey),
    })
  }
  let accounts = 0
  const exportedAccounts = new Map(document.accounts.map((account) => [account.id, account]))
  const holders = new Map(
    parts.tokens
      .listAccounts(userId)
      .flatMap(({ account, tokenSet }) => (tokenSet ? [[tokenSet.id, account.id] as const] : [])),
  )
  for (const { accessToken, refreshToken, idToken, lineage, ...plain } of document.tokenSets) {
    const exported = exportedAccounts.get(plain.accountId)
    if (!exported) continue
    const connectionId = idIn('connections', exported.connectionId)
    const known = parts.tokens.findAccount(userId, connectionId, exported.issuer, exported.subject)
    const present = known && parts.tokens.getAccount(userId, known.id)?.tokenSet
    // An older refresh token was rotated away meanwhile: to use it again looks like theft to a provider.
    if (present && timeOf(present) > timeOf(plain) && opens(present)) continue
    accounts += 1
    const taken = known === undefined && parts.tokens.getAccount(userId, exported.id) !== undefined
    const account = {
      ...exported,
      id: known?.id ?? (taken ? parts.newId() : idIn('accounts', exported.id)),
      userId,
      connectionId,
    }
    const holder = holders.get(plain.id)
    const isOthers = holder !== undefined && holder !== account.id
    const id = isOthers ? parts.newId() : idIn('token_sets', plain.id)
    const [first, ...steps] = lineage.map((step) => ({ ...step, tokenSetId: id }))
    const tokenSet = {
      ...plain,
      id,
      userId,
      accountId: account.id,
      sealedAccessToken: box.seal(
        { userId, table: 'token_sets', rowId: id, column: 'access_token' },
        accessToken,
      ),
      sealedRefreshToken: seal('token_sets', id, 'refresh_token', refreshToken),
      sealedIdToken: seal('token_sets', id, 'id_token', idToken),
    }
    const imported = {
      tokenSetId: id,
      at: plain.obtainedAt,
      event: 'signed-in' as const,
      reason: 'imported',
      changes: [],
    }
    // Taken away first, so that its earlier lineage does not stand beside the imported one.
    if (known) parts.tokens.removeAccount(userId, known.id)
    parts.tokens.saveSignIn(account, tokenSet, first ?? imported)
    holders.set(id, account.id)
    for (const step of steps) parts.tokens.addLineage(step)
  }
  for (const { secrets, ...request } of document.requests) {
    const id = idIn('requests', request.id)
    parts.requests.save({ ...request, id, userId, sealedSecrets: seal('requests', id, 'secrets', secrets) })
  }
  return {
    environments: document.environments.length,
    connections: document.connections.length,
    accounts,
    requests: document.requests.length,
  }
}
